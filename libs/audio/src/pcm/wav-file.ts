import { BYTES_PER_SAMPLE, SAMPLE_RATE } from './pcm';

const HEADER_BYTES = 44;

/** A WAV file of 16 kHz mono s16le samples. */
export function wavFile(pcm: Buffer): Buffer<ArrayBuffer> {
  return Buffer.concat([wavHeader(pcm.length), pcm]);
}

/** What stands before so many bytes of 16 kHz mono s16le samples in a WAV file. */
export function wavHeader(pcmBytes: number): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_BYTES - 8 + pcmBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(pcmBytes, 40);
  return header;
}
