/* Runs in a worker thread: sherpa makes the vectors only where it was asked, which would hold the audio up. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerResponse } from '../../embedding/embedding-worker';
import { loadSherpa } from '../../speech/sherpa';
import type { Stretch } from '../speaker-engine';
import type { Voice, VoiceRequest } from '../x-vector/x-vector.protocol';

const SAMPLE_RATE = 16_000;
/** Models of this kind are made for half a second at least; of less they say something, and it means nothing. */
const SHORTEST_SAMPLES = 0.4 * SAMPLE_RATE;

const extractor = new (loadSherpa().SpeakerEmbeddingExtractor)(workerData as object);

function send(response: WorkerResponse<Voice>): void {
  parentPort?.postMessage(response);
}

function voiceIn(samples: Float32Array, { startMs, endMs }: Stretch): Voice {
  const at = (ms: number): number => Math.round((ms / 1_000) * SAMPLE_RATE);
  const part = samples.slice(at(startMs), at(endMs));
  if (part.length < SHORTEST_SAMPLES) return null;
  const stream = extractor.createStream();
  stream.acceptWaveform({ samples: part, sampleRate: SAMPLE_RATE });
  stream.inputFinished();
  if (!extractor.isReady(stream)) return null;
  // Not in memory of the library's own: a thread cannot hand that on.
  return asUnit(extractor.compute(stream, false));
}

/** Null where the model gives nothing that has a direction. */
function asUnit(vector: Float32Array): Voice {
  const length = Math.hypot(...vector);
  return Number.isFinite(length) && length > 0 ? vector.map((value) => value / length) : null;
}

parentPort?.on('message', ({ id, samples, stretches }: VoiceRequest) => {
  try {
    send({
      type: 'vectors',
      id,
      vectors: stretches.map((stretch) => voiceIn(samples, stretch)),
    });
  } catch (error) {
    send({ type: 'failed', id, reason: error instanceof Error ? error.message : 'unknown' });
  }
});
send({ type: 'ready' });
