import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pcmToSamples } from '@parley/audio';
import { PROJECT_ROOT, modelsPath } from '@parley/config';
import { speechCheckSamples } from '../speech/speech-check';
import { describeSpeakerEngine } from './speaker-engine.contract';
import { XVectorEngine } from './x-vector/x-vector.engine';

// Real: the weights, the worker thread.
const engine = new XVectorEngine(
  modelsPath({ DATA_DIR: '.parley', MODELS_DIR: process.env.MODELS_DIR }, 'x-vector'),
);
const voices: Float32Array[] = [];

beforeAll(async () => {
  const kennedy = pcmToSamples(
    readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78),
  );
  const laura = await speechCheckSamples();
  // Her three seconds are all there is: said twice.
  const twice = new Float32Array(2 * laura.length);
  twice.set(laura);
  twice.set(laura, laura.length);
  voices.push(kennedy.subarray(0, 6 * 16_000), twice);
});

afterAll(() => engine.close());

describeSpeakerEngine('the x-vector', {
  engine: () => engine,
  voices: () => voices as [Float32Array, Float32Array],
});

it('refuses once it is closed', async () => {
  const closed = new XVectorEngine('nowhere');
  await closed.close();
  await expect(closed.embed(new Float32Array(16_000), [])).rejects.toMatchObject({
    reason: 'closed',
  });
});

it('fails, and the process goes on, when the weights are not there', async () => {
  const lost = new XVectorEngine('/nowhere');
  await expect(lost.embed(new Float32Array(16_000), [])).rejects.toMatchObject({
    reason: 'refused',
  });
  await lost.close();
});
