import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

// Real: processes, the file system.
const script = `
  const [lock, file] = process.argv.slice(1);
  const { appendFileSync, existsSync, writeFileSync } = await import('node:fs');
  const { prepareOnce } = await import(${JSON.stringify(join(__dirname, 'prepare-once.mjs'))});
  await prepareOnce(lock, () => existsSync(file), (line) => console.log(line), async () => {
    appendFileSync(file + '.log', 'begun ');
    process.send?.('working');
    if (process.send) await new Promise((resolve) => process.once('message', resolve));
    appendFileSync(file + '.log', 'ended ');
    writeFileSync(file, '');
  });
  process.disconnect?.();`;

describe('preparing a folder', () => {
  let folder: string;
  let lock: string;
  let result: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-prepare-'));
    lock = join(folder, 'data/set-up.lock');
    result = join(folder, 'result');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is done by one of several processes, and the others wait for it and say so', async () => {
    const first = spawn(process.execPath, args(), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    await once(first, 'message');
    const second = spawn(process.execPath, args(), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    const { stdout } = second;
    if (!stdout) throw new Error('it has no output');
    const [said] = (await once(stdout, 'data')) as [Buffer];
    expect(String(said)).toBe(
      `Another start prepares this folder (process ${first.pid ?? ''}); waiting for it …\n`,
    );
    const ended = [once(first, 'exit'), once(second, 'exit')];
    first.send('go on');
    await Promise.all(ended);
    expect(readFileSync(`${result}.log`, 'utf8')).toBe('begun ended ');
    expect(existsSync(lock)).toBe(false);
  });

  it('writes nothing where all is done', async () => {
    writeFileSync(result, '');
    await start();
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('is not held up by the lock of a process that is gone', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    await start();
    rmSync(result);
    writeFileSync(lock, String(child.pid));
    await expect(start()).resolves.toBe('');
    expect(existsSync(result)).toBe(true);
  });

  /** @returns what it printed */
  async function start(): Promise<string> {
    return (await promisify(execFile)(process.execPath, args())).stdout;
  }

  function args(): string[] {
    return ['--input-type=module', '-e', script, lock, result];
  }
});
