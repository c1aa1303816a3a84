/* Runs in a worker thread: sherpa decodes streams only where it was asked, which would hold the audio up. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerResponse } from '../../embedding/embedding-worker';
import { loadSherpa, type SherpaResult } from '../sherpa';
import type { UtteranceRequest } from './sherpa-streaming.protocol';

const SAMPLE_RATE = 16_000;
/** A model gives its last word only when more audio comes. */
const TAIL = new Float32Array(0.8 * SAMPLE_RATE);

const recognizer = new (loadSherpa().OnlineRecognizer)(workerData as object);

function send(response: WorkerResponse<SherpaResult>): void {
  parentPort?.postMessage(response);
}

function hear(samples: Float32Array): SherpaResult {
  const stream = recognizer.createStream();
  stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
  stream.acceptWaveform({ samples: TAIL, sampleRate: SAMPLE_RATE });
  stream.inputFinished();
  while (recognizer.isReady(stream)) recognizer.decode(stream);
  return recognizer.getResult(stream);
}

parentPort?.on('message', ({ id, samples }: UtteranceRequest) => {
  try {
    send({ type: 'vectors', id, vectors: [hear(samples)] });
  } catch (error) {
    send({ type: 'failed', id, reason: error instanceof Error ? error.message : 'unknown' });
  }
});
send({ type: 'ready' });
