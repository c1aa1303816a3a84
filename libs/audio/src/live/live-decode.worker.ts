/* Runs in a worker thread: containers and packets come from strangers, and the decoder is an ES module. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PacketDecoder } from '../decode/packet-decoders';
import { readOpusHead } from '../decode/opus-head';
import { mixDown } from '../pcm/pcm';
import { Resampler } from '../pcm/resampler';
import { LiveAudioError } from './live-audio.error';
import { LiveContainer } from './live-container';
import type { LiveAnswer, LiveForm, LivePiece } from './live-decode.protocol';

const SAMPLE_RATE = 48_000;
const MOST_CHANNELS = 8;

const { monoRate } = workerData as LiveForm;
const resampler = monoRate === null ? null : new Resampler(SAMPLE_RATE, monoRate);
const container = new LiveContainer();
let decoder: PacketDecoder | null = null;
let channels = 0;

async function decoded({ id, bytes }: LivePiece): Promise<LiveAnswer> {
  if (bytes === null) {
    if (!container.head) throw new LiveAudioError('empty');
    if (!container.whole) throw new LiveAudioError('broken-off');
    return resampler
      ? mono(id, resampler.flush())
      : { id, sampleRate: SAMPLE_RATE, channels: silent() };
  }
  const packets = container.push(bytes);
  if (!decoder && container.head) decoder = await openDecoder(container.head);
  if (!decoder || packets.length === 0) return { id, sampleRate: SAMPLE_RATE, channels: silent() };
  const { channelData, errors = [] } = decoder.decodeFrames(packets);
  if (errors.length > 0) throw new LiveAudioError('bad-packet');
  if (resampler) return mono(id, resampler.push(mixDown(channelData)));
  return { id, sampleRate: SAMPLE_RATE, channels: [...channelData] };
}

function mono(id: number, samples: Float32Array): LiveAnswer {
  return { id, sampleRate: monoRate ?? SAMPLE_RATE, channels: [samples] };
}

function silent(): Float32Array[] {
  return Array.from({ length: channels }, () => new Float32Array());
}

async function openDecoder(bytes: Uint8Array): Promise<PacketDecoder> {
  const head = readOpusHead(bytes);
  channels = bytes[9] ?? 0;
  if (!head || channels < 1 || channels > MOST_CHANNELS) throw new LiveAudioError('damaged');
  if (channels > 2 && !head.mapping) throw new LiveAudioError('damaged');
  const { OpusDecoder } = await import('opus-decoder');
  const opened = new OpusDecoder({ channels, preSkip: head.preSkip, ...(head.mapping ?? {}) });
  await opened.ready;
  return opened;
}

parentPort?.on('message', (piece: LivePiece) => {
  decoded(piece).then(
    (answer) => {
      const moved = 'channels' in answer ? answer.channels.map(({ buffer }) => buffer) : [];
      parentPort?.postMessage(answer, [...new Set(moved)] as ArrayBuffer[]);
    },
    (error: unknown) => {
      const failure = error instanceof LiveAudioError ? error.failure : 'damaged';
      parentPort?.postMessage({ id: piece.id, failure } satisfies LiveAnswer);
    },
  );
});
