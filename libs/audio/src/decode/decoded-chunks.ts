import type { InputAudioTrack } from 'mediabunny';
import { DecodeError } from './decode-failure';
import { LONGEST_AUDIO_MS } from './limits';
import type { DecodedChunk } from './pcm-collector';

/** Compressed bytes handed to a decoder at a time. */
const STEP_BYTES = 256 * 1024;
const PACKETS_AT_A_TIME = 100;

/** Containers that their decoder reads by itself, by format and codec. */
const streamed = {
  'MP3 mp3': 'mp3',
  'Ogg opus': 'opus',
  'Ogg vorbis': 'oga',
  'WebM opus': 'webm',
  'WebM vorbis': 'webm',
  'Matroska opus': 'webm',
  'FLAC flac': 'flac',
} as const;

/**
 * Decodes a file whatever its container, piece by piece.
 * @throws DecodeError when there is nothing in it that can be decoded
 */
export async function* decodedChunks(file: Uint8Array): AsyncGenerator<DecodedChunk> {
  const { format, track, codec } = await probe(file);
  const kind = `${format} ${codec ?? 'unknown'}`;
  if (kind in streamed) yield* stream(file, streamed[kind as keyof typeof streamed]);
  else if (codec === 'aac') yield* packets(track);
  else throw new DecodeError('codec-unknown');
}

interface Probed {
  format: string;
  track: InputAudioTrack;
  codec: string | null;
}

async function probe(file: Uint8Array): Promise<Probed> {
  const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny');
  const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
  const format = await input.getFormat().catch((cause: unknown) => {
    throw new DecodeError('unreadable', { cause });
  });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new DecodeError('no-audio');
  const seconds = await track.computeDuration();
  if (seconds * 1_000 > LONGEST_AUDIO_MS) throw new DecodeError('too-long');
  return { format: format.name, track, codec: await track.getCodec() };
}

async function* stream(
  file: Uint8Array,
  decoderName: (typeof streamed)[keyof typeof streamed],
): AsyncGenerator<DecodedChunk> {
  const { default: decoders } = await import('audio-decode');
  const decoder = await decoders[decoderName]();
  try {
    for (let at = 0; at < file.length; at += STEP_BYTES) {
      yield await decoder(file.subarray(at, at + STEP_BYTES));
    }
    yield await decoder();
  } finally {
    decoder.free();
  }
}

/** AAC, packet by packet: decoders that take the whole file hold all its samples at once. */
async function* packets(track: InputAudioTrack): AsyncGenerator<DecodedChunk> {
  const { EncodedPacketSink } = await import('mediabunny');
  const { decoder: makeDecoder } = await import('@audio/decode-aac');
  const config = await track.getDecoderConfig();
  if (!config?.description) throw new DecodeError('damaged');
  const decoder = await makeDecoder({
    asc: bytesOf(config.description as ArrayBuffer | ArrayBufferView),
  });
  try {
    let batch: Uint8Array[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      batch.push(packet.data);
      if (batch.length < PACKETS_AT_A_TIME) continue;
      yield decoder.decode(batch);
      batch = [];
    }
    yield decoder.decode(batch);
    yield decoder.flush();
  } finally {
    decoder.free();
  }
}

function bytesOf(source: ArrayBufferLike | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
