import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RotatingFile } from './rotating-file';

describe('RotatingFile', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-log-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('never holds more than twice its size, and loses no recent line', () => {
    const file = new RotatingFile(join(folder, 'logs', 'parley.jsonl'), 1_000);
    for (let nth = 0; nth < 1_000; nth++) file.write(`line ${nth}\n`);
    const names = readdirSync(join(folder, 'logs')).sort();
    expect(names).toEqual(['parley.jsonl', 'parley.jsonl.1']);
    for (const name of names) {
      expect(statSync(join(folder, 'logs', name)).size).toBeLessThan(1_020);
    }
    const kept = names.reverse().map((name) => readFileSync(join(folder, 'logs', name), 'utf8'));
    const numbers = [...kept.join('').matchAll(/line (\d+)/g)].map(([, nth]) => Number(nth));
    expect(numbers).toEqual(
      Array.from({ length: numbers.length }, (_, at) => 1_000 - numbers.length + at),
    );
    expect(numbers.length).toBeGreaterThan(100);
  });

  it('goes on where an earlier run stopped, and nobody else may read it', () => {
    const path = join(folder, 'parley.jsonl');
    new RotatingFile(path).write('one\n');
    new RotatingFile(path).write('two\n');
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
