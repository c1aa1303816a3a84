import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import { freePorts } from '@parley/testing';
import { keptSigningKey } from './signing-key';

// Real: the built commands in processes of their own.
describe('a start that cannot work', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-launch-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function run(command: string, env: Record<string, string>, args: string[] = []) {
    return spawnSync(
      process.execPath,
      [join(PROJECT_ROOT, `dist/apps/standalone/src/commands/${command}.main.js`), ...args],
      { env: { PATH: process.env.PATH, DATA_DIR: folder, ...env }, encoding: 'utf8' },
    );
  }

  it('names the port that is taken and the setting that moves it, without a stack trace', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    // Whoever tries this may have a Parley running at the usual ports.
    const free = await freePorts(SERVICE_NAMES.length);
    const ports = SERVICE_NAMES.map((name, index) => [
      `${name.toUpperCase()}_PORT`,
      String(name === 'nlu' ? port : free[index]),
    ]);
    const { status, stderr } = run('start', Object.fromEntries(ports) as Record<string, string>);
    other.close();
    expect(status).toBe(1);
    expect(stderr).toContain(`port ${port} (NLU_PORT)`);
    expect(stderr).toContain('NLU_PORT=9001 npm start');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('names every wrong setting at once', () => {
    const { status, stderr } = run('start', { NLU_PORT: 'seven', LOG_LEVEL: 'loud' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/NLU_PORT: .*LOG_LEVEL: /s);
    expect(stderr).not.toMatch(/seven|loud|^\s+at /m);
  });

  it('says what to run when the recording is not there, is no audio, or is empty', () => {
    const text = join(folder, 'notes.wav');
    writeFileSync(text, 'these are not samples');
    const empty = join(folder, 'empty.mp3');
    writeFileSync(empty, '');
    for (const file of [join(folder, 'missing.wav'), text, empty]) {
      const { status, stderr } = run('meeting', {}, [file]);
      expect(status).toBe(1);
      expect(stderr.trim().length).toBeGreaterThan(20);
      expect(stderr).not.toMatch(/^\s+at |bug/m);
    }
  });

  it('says how to start Parley when there is nothing to approve with', () => {
    const { status, stderr } = run('approve', { INGESTION_PORT: '1' }, ['some-id']);
    expect(status).toBe(1);
    expect(stderr).toContain('npm start');
  });
});

describe('the signing key', () => {
  it('is made once, kept, and readable by its owner only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-key-'));
    const path = join(folder, 'secrets', 'approval_signing_key');
    const key = keptSigningKey(path);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(keptSigningKey(path)).toBe(key);
    expect(readFileSync(path, 'utf8').trim()).toBe(key);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });
});
