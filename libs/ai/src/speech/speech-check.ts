import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pcmToSamples } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';

const WAV_HEADER_BYTES = 44;

/** Three seconds of clear speech (16 kHz mono) to measure an engine with: the sample meeting's first words. */
export async function speechCheckSamples(): Promise<Float32Array> {
  const file = await readFile(join(PROJECT_ROOT, 'libs/ai/models/speech-check.wav'));
  return pcmToSamples(file.subarray(WAV_HEADER_BYTES));
}
