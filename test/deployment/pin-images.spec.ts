import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const PULLS = 'if [ "$1" = pull ]; then exit 0; fi';

describe('images by their digests', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-pin-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes each image that is not ours once, with its tag and its digest', () => {
    const { status } = pin(`${PULLS}; echo '["somewhere/else@${DIGEST}"]'`);
    expect(status).toBe(0);
    const lines = readFileSync(join(folder, 'images.env'), 'utf8').split('\n');
    expect(lines).toContain(`POSTGRES_IMAGE=pgvector/pgvector:0.8.0-pg17@${DIGEST}`);
    expect(lines).toContain(`CADDY_IMAGE=caddy:2.10.0-alpine@${DIGEST}`);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.join('\n')).not.toContain('parley/');
  });

  it('names the Node.js that both Dockerfiles build on', () => {
    pin(`${PULLS}; echo '["node@${DIGEST}"]'`);
    const node = /^NODE_IMAGE=(.+)@/m.exec(readFileSync(join(folder, 'images.env'), 'utf8'))?.[1];
    for (const file of ['service', 'page']) {
      const text = readFileSync(join(PROJECT_ROOT, `docker/${file}.Dockerfile`), 'utf8');
      expect(text).toContain(`\nARG NODE_IMAGE=${node ?? '?'}\n`);
    }
  });

  it('writes nothing when a registry cannot be reached, and says what failed', () => {
    const { status, stderr } = pin('echo "no route to host" >&2; exit 1');
    expect(status).toBe(1);
    expect(stderr).toContain('docker pull --quiet node:');
    expect(stderr).toContain('no route to host');
    expect(() => readFileSync(join(folder, 'images.env'))).toThrow('ENOENT');
  });

  it('refuses an image that the engine made itself, which has no digest', () => {
    const { status, stderr } = pin(`${PULLS}; echo '[]'`);
    expect(status).toBe(1);
    expect(stderr).toContain('knows no digest of node:');
  });

  /** @param engine what stands in for docker: a shell script */
  function pin(engine: string) {
    const docker = join(folder, 'docker');
    writeFileSync(docker, `#!/bin/sh\n${engine}\n`);
    chmodSync(docker, 0o755);
    const args = [join(PROJECT_ROOT, 'docker/pin-images.mjs'), join(folder, 'images.env')];
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` };
    return spawnSync(process.execPath, args, { encoding: 'utf8', env });
  }
});
