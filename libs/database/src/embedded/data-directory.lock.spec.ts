import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDirectory } from './data-directory.lock';
import { thisProcess } from './process-mark';

describe('the lock on the data directory', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-lock-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  function leaveMark(mark: string): void {
    writeFileSync(join(dataDir, 'parley.pid'), mark);
  }

  it('keeps a second one out, naming the process that has it, until it is given back', () => {
    const unlock = lockDataDirectory(dataDir);
    expect(() => lockDataDirectory(dataDir)).toThrow(`in use by process ${process.pid}`);
    unlock();
    lockDataDirectory(dataDir)();
    expect(existsSync(join(dataDir, 'parley.pid'))).toBe(false);
  });

  it('is taken over from a process that has died', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    leaveMark(String(pid));
    expect(() => lockDataDirectory(dataDir)).not.toThrow();
  });

  it('is taken over when its pid belongs to another process now', () => {
    const [pid] = thisProcess().split(' ');
    leaveMark(`${pid} of-an-earlier-boot:1`);
    expect(() => lockDataDirectory(dataDir)).not.toThrow();
  });

  it('is taken over when a crash left it empty', () => {
    leaveMark('');
    expect(() => lockDataDirectory(dataDir)).not.toThrow();
  });

  it('is not given back by one that has lost it', () => {
    const unlock = lockDataDirectory(dataDir);
    leaveMark('1');
    unlock();
    expect(existsSync(join(dataDir, 'parley.pid'))).toBe(true);
  });
});
