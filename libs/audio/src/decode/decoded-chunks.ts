import type { InputAudioTrack } from 'mediabunny';
import { DecodeError } from './decode-failure';
import { ffmpegChunks } from './ffmpeg-chunks';
import { LONGEST_AUDIO_MS } from './limits';
import { openMp3Decoder, openOpusDecoder, type PacketDecoder } from './packet-decoders';
import type { DecodedChunk } from './pcm-collector';

const PACKETS_AT_A_TIME = 100;

/**
 * Decodes a file whatever its container, piece by piece.
 * @throws DecodeError when there is nothing in it that can be decoded
 */
export async function* decodedChunks(file: Uint8Array): AsyncGenerator<DecodedChunk> {
  const track = await audioTrack(file);
  const codec = await track.getCodec();
  switch (codec) {
    case 'opus':
      yield* packets(track, await openOpusDecoder(track));
      return;
    case 'mp3':
      yield* packets(track, await openMp3Decoder());
      return;
    case 'aac':
      yield* ffmpegChunks(file);
      return;
    default:
      throw new DecodeError('codec-unknown');
  }
}

async function audioTrack(file: Uint8Array): Promise<InputAudioTrack> {
  const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny');
  const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
  await input.getFormat().catch((cause: unknown) => {
    throw new DecodeError('unreadable', { cause });
  });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new DecodeError('no-audio');
  const seconds = await track.computeDuration();
  if (seconds * 1_000 > LONGEST_AUDIO_MS) throw new DecodeError('too-long');
  return track;
}

/** Packet by packet: decoders that take the whole file hold all its samples at once. */
async function* packets(
  track: InputAudioTrack,
  decoder: PacketDecoder,
): AsyncGenerator<DecodedChunk> {
  const { EncodedPacketSink } = await import('mediabunny');
  try {
    let batch: Uint8Array[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      batch.push(packet.data);
      if (batch.length < PACKETS_AT_A_TIME) continue;
      yield decoder.decodeFrames(batch);
      batch = [];
    }
    if (batch.length > 0) yield decoder.decodeFrames(batch);
  } finally {
    decoder.free();
  }
}
