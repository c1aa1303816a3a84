import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A program that another measurement started did not come to its end; what it said of it is on stderr. */
export class ProgramFailedError extends Error {
  override readonly name = 'ProgramFailedError';
}

/**
 * Runs another program of the benches with an order, as `obey` takes it.
 * @param program by its path in this folder, `scale/audio-readers`
 * @returns what it says at its end, JSON. @throws ProgramFailedError
 */
export async function orderProgram<Result>(program: string, order: unknown): Promise<Result> {
  const file = join(__dirname, `${program}.main.js`);
  const child = spawn(process.execPath, [file, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new ProgramFailedError(`${program} ended with ${String(code)}`);
  return JSON.parse(said) as Result;
}
