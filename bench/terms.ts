import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';

/** How much is measured, and where it is written. */
export interface Terms {
  /** Tiny sizes: they show that something can be measured, and say nothing about the numbers. */
  smoke: boolean;
  folder: string;
  /** What was given besides. */
  rest: string[];
}

/** Takes `--smoke` and `--into FOLDER` out of a program's arguments, which all measurements understand. */
export function readTerms(args: string[]): Terms {
  const rest = [...args];
  const smoke = take(rest, '--smoke') !== undefined;
  const into = take(rest, '--into', 1);
  if (into === '') throw new Error('--into names a folder');
  if (into !== undefined) return { smoke, folder: resolve(into), rest };
  const docs = join(PROJECT_ROOT, 'docs');
  return { smoke, folder: smoke ? mkdtempSync(join(tmpdir(), 'parley-smoke-')) : docs, rest };
}

/** Takes an option and what follows it. @returns undefined when it was not given */
function take(args: string[], option: string, values = 0): string | undefined {
  const at = args.indexOf(option);
  if (at < 0) return undefined;
  return args.splice(at, 1 + values)[values] ?? '';
}
