import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs a program of this folder with an order. @returns what it says at its end, JSON. @throws Error when it fails */
export async function orderProgram<Result>(program: string, order: unknown): Promise<Result> {
  const file = join(__dirname, `${program}.main.js`);
  const child = spawn(process.execPath, [file, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
  return JSON.parse(said) as Result;
}
