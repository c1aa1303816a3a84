import { fork } from 'node:child_process';
import { builtFile } from '@parley/config';
import type { CheckAnswer, CheckTask } from './sherpa-check.protocol';

/** Weights of some gigabytes take their time from a slow disk. */
const LIMIT_MS = 300_000;
const MOST_SAID = 4_000;
const LINES_TOLD = 3;

/** A model could not be loaded and asked; `said` is what the library wrote before it gave up. */
export class ModelRefusedError extends Error {
  override readonly name = 'ModelRefusedError';

  constructor(readonly said: string) {
    super(`sherpa-onnx cannot use it: ${said}`);
  }
}

/**
 * Loads a model once in a process of its own and asks it about two seconds of silence: sherpa ends the process on a
 * model that it cannot use.
 * @throws ModelRefusedError
 */
export async function checkModel(task: CheckTask): Promise<CheckAnswer> {
  // It needs none of this process's settings, secrets least of all.
  const child = fork(builtFile(__dirname, 'sherpa-check.child'), {
    env: {},
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: LIMIT_MS,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MOST_SAID);
  });
  const answer = await new Promise<CheckAnswer | null>((resolve) => {
    let given: CheckAnswer | null = null;
    child.once('message', (message) => {
      given = message as CheckAnswer;
    });
    child.once('error', (error) => {
      said += error.message;
      resolve(null);
    });
    // Not `exit`: what it wrote last may still be on its way.
    child.once('close', () => {
      resolve(given);
    });
    child.send(task, () => undefined);
  });
  if (answer) return answer;
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  throw new ModelRefusedError(lines.slice(-LINES_TOLD).join(' ').trim() || 'it says nothing.');
}
