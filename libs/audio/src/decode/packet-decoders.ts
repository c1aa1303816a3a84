import type { InputAudioTrack } from 'mediabunny';
import { DecodeError } from './decode-failure';
import type { DecodedChunk } from './pcm-collector';

/** Turns a codec's packets into samples. */
export interface PacketDecoder {
  decodeFrames(frames: Uint8Array[]): DecodedChunk;
  free(): void;
}

/** WebCodecs' `AllowSharedBufferSource`, which Node's types lack. */
type Bytes = ArrayBuffer | SharedArrayBuffer | ArrayBufferView;

/** Where OpusHead tells the samples to drop at the start (RFC 7845, section 5.1). */
const PRE_SKIP_OFFSET = 10;
const OPUS_HEAD = 'OpusHead';

/** libopus in WebAssembly; mono and stereo. */
export async function openOpusDecoder(track: InputAudioTrack): Promise<PacketDecoder> {
  const channels = await track.getNumberOfChannels();
  if (channels > 2) throw new DecodeError('codec-unknown');
  const config = (await track.getDecoderConfig()) as { description?: Bytes } | null;
  const { OpusDecoder } = await import('opus-decoder');
  const decoder = new OpusDecoder({ channels, preSkip: preSkipOf(config?.description) });
  await decoder.ready;
  return decoder;
}

/** mpg123 in WebAssembly. */
export async function openMp3Decoder(): Promise<PacketDecoder> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  return decoder;
}

function preSkipOf(description: Bytes | undefined): number {
  if (!description) return 0;
  const head = ArrayBuffer.isView(description)
    ? Buffer.from(description.buffer, description.byteOffset, description.byteLength)
    : Buffer.from(description);
  const known = head.subarray(0, OPUS_HEAD.length).toString('latin1') === OPUS_HEAD;
  return known && head.length >= PRE_SKIP_OFFSET + 2 ? head.readUInt16LE(PRE_SKIP_OFFSET) : 0;
}
