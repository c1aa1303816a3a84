import type { InputAudioTrack } from 'mediabunny';
import { DecodeError } from './decode-failure';
import { readOpusHead, type OpusDescription } from './opus-head';
import type { DecodedChunk } from './pcm-collector';

/** Turns a codec's packets into samples. */
export interface PacketDecoder {
  decodeFrames(frames: Uint8Array[]): DecodedChunk;
  free(): void;
}

/** Turns pieces of an MP3 file into samples. */
export interface Mp3Decoder extends PacketDecoder {
  decode(piece: Uint8Array): DecodedChunk;
}

/** libopus in WebAssembly, with as many channels as the recording has. */
export async function openOpusDecoder(track: InputAudioTrack): Promise<PacketDecoder> {
  const channels = await track.getNumberOfChannels();
  const config = await track.getDecoderConfig();
  const head = readOpusHead(config?.description as OpusDescription | undefined);
  if (channels > 2 && !head?.mapping) throw new DecodeError('damaged');
  const { OpusDecoder } = await import('opus-decoder');
  const decoder = new OpusDecoder({
    channels,
    preSkip: head?.preSkip ?? 0,
    ...(head?.mapping ?? {}),
  });
  await decoder.ready;
  return decoder;
}

/** mpg123 in WebAssembly. */
export async function openMp3Decoder(): Promise<Mp3Decoder> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  return decoder;
}
