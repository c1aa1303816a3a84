import type { InputAudioTrack } from 'mediabunny';
import { DecodeError } from './decode-failure';
import {
  openMp3Decoder,
  openOpusDecoder,
  type Mp3Decoder,
  type PacketDecoder,
} from './packet-decoders';
import type { DecodedChunk } from './pcm-collector';

const PACKETS_AT_A_TIME = 100;
/** Compressed bytes handed to a decoder at a time. */
const STEP_BYTES = 64 * 1024;

/** The audio of a file. */
export interface OpenedTrack {
  statedMs: number | null;
  /** Decodes it piece by piece; null for AAC, which cannot be decoded here. */
  chunks: (() => AsyncGenerator<DecodedChunk>) | null;
}

/**
 * Finds the audio in a file, whatever its container.
 * @throws DecodeError when there is none that can be decoded
 */
export async function openTrack(file: Uint8Array, longestMs: number): Promise<OpenedTrack> {
  const { format, track, statedMs } = await probe(file, longestMs);
  const codec = await track.getCodec();
  switch (codec) {
    case 'opus': {
      const decoder = await openOpusDecoder(track);
      return { statedMs, chunks: () => packets(track, decoder) };
    }
    case 'mp3': {
      const decoder = await openMp3Decoder();
      const whole = format === 'MP3';
      return { statedMs, chunks: () => (whole ? mp3File(file, decoder) : packets(track, decoder)) };
    }
    case 'aac':
      return { statedMs, chunks: null };
    default:
      throw new DecodeError('codec-unknown');
  }
}

async function probe(
  file: Uint8Array,
  longestMs: number,
): Promise<{ format: string; track: InputAudioTrack; statedMs: number | null }> {
  const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny');
  const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
  const format = await input.getFormat().catch((cause: unknown) => {
    throw new DecodeError('unreadable', { cause });
  });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new DecodeError('no-audio');
  // It is told where it ends: a recording may begin later than at 0.
  const seconds = (await track.computeDuration()) - (await track.getFirstTimestamp());
  const statedMs = Math.round(seconds * 1_000);
  if (statedMs > longestMs) throw new DecodeError('too-long');
  return { format: format.name, track, statedMs: statedMs > 0 ? statedMs : null };
}

/** The file as it is: its first frame says what the encoder padded, and no container hands that on. */
async function* mp3File(file: Uint8Array, decoder: Mp3Decoder): AsyncGenerator<DecodedChunk> {
  try {
    for (let at = 0; at < file.length; at += STEP_BYTES) {
      yield decoder.decode(file.subarray(at, at + STEP_BYTES));
    }
  } finally {
    decoder.free();
  }
}

/** Packet by packet: decoders that take the whole file hold all its samples at once. */
async function* packets(
  track: InputAudioTrack,
  decoder: PacketDecoder,
): AsyncGenerator<DecodedChunk> {
  const { EncodedPacketSink } = await import('mediabunny');
  let samples = 0;
  let endSeconds = 0;
  const decode = (batch: Uint8Array[]): DecodedChunk => {
    const chunk = decoder.decodeFrames(batch);
    samples += chunk.channelData[0]?.length ?? 0;
    return chunk;
  };
  try {
    const batch: Uint8Array[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      // One batch stays back, so that the last one is known to be the last.
      if (batch.length === PACKETS_AT_A_TIME) yield decode(batch.splice(0));
      batch.push(packet.data);
      endSeconds = packet.timestamp + packet.duration;
    }
    const last = decode(batch);
    yield withoutPadding(last, samples - Math.round(endSeconds * last.sampleRate));
  } finally {
    decoder.free();
  }
}

/** The container says where the recording ends: what the last packet holds beyond it is padding. */
function withoutPadding(chunk: DecodedChunk, excess: number): DecodedChunk {
  const length = chunk.channelData[0]?.length ?? 0;
  if (excess <= 0 || excess >= length) return chunk;
  return {
    ...chunk,
    channelData: chunk.channelData.map((channel) => channel.subarray(0, length - excess)),
  };
}
