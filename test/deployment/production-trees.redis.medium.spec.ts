import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParleyClient, unwrap, type ParleyClient, type ServiceUrls } from '@parley/client';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import {
  freePorts,
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { WebSocket } from 'ws';
import { eventually } from '../harness/eventually';
import { ServiceProcess } from '../harness/service-process';
import { filesIn, sizeOf, writeProductionTrees, type ProductionTrees } from './production-trees';

// Real: the script that fills the images, six processes of what it wrote, as a user who may write none of it,
// Postgres, Redis, secrets in files. Not here: a container engine, and so the layers and the network.
jest.setTimeout(300_000);

const NOBODY = 65_534;
const MOST_BYTES = 150_000_000;
const PATIENCE_MS = 60_000;
/** Six processes load thousands of files at once: seconds on a machine of one's own, minutes on a crowded one. */
const START_MS = 200_000;
/** Only root may give a process to another user; elsewhere that part is left out. */
const userId = process.getuid?.() === 0 ? NOBODY : undefined;

let trees: ProductionTrees;
let database: TestDatabase;
let redis: TestRedis;
let outside: string;
let parley: ParleyClient;
const processes: ServiceProcess[] = [];

beforeAll(async () => {
  [trees, database, redis] = await Promise.all([
    writeProductionTrees(),
    startTestDatabase(),
    startRedisServer(),
  ]);
  outside = mkdtempSync(join(tmpdir(), 'parley-containers-'));
  chmodSync(outside, 0o755);
  const secrets = writeSecrets(join(outside, 'secrets'));
  const urls = await addresses();
  const shared = {
    NODE_ENV: 'production',
    AUTH_ENABLED: '1',
    MODELS_DIR: readableModels(),
    DATABASE_POOL_SIZE: process.env.TEST_DATABASE_URL ? '5' : '2',
    ...secrets,
    ...Object.fromEntries(SERVICE_NAMES.map((name) => [`${name.toUpperCase()}_URL`, urls[name]])),
  };
  for (const name of SERVICE_NAMES) {
    const env = { ...shared, DATA_DIR: writable(name), TMPDIR: writable(`${name}-tmp`) };
    const folder = trees.of(name);
    const program = { name, file: 'main.js', folder, ...(userId === undefined ? {} : { userId }) };
    processes.push(await ServiceProcess.spawn(program, env, Number(new URL(urls[name]).port)));
  }
  await Promise.all(processes.map((one) => one.ready(START_MS)));
  const apiKey = readFileSync(join(outside, 'secrets/service_api_key'), 'utf8').trim();
  parley = createParleyClient({
    baseUrls: urls,
    apiKey,
    openSocket: (url) => new WebSocket(url),
  });
});

afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await Promise.all([database.stop(), redis.stop()]);
  trees.remove();
  rmSync(outside, { recursive: true, force: true });
});

it.each(SERVICE_NAMES)(
  'what %s runs takes at most 150 MB without base image and weights',
  (name) => {
    expect(sizeOf(trees.of(name))).toBeLessThanOrEqual(MOST_BYTES);
  },
);

it('holds no test, no source map, no declaration, and nothing that only developers use', () => {
  const unread =
    /\.map$|\.d\.[cm]?ts$|\.spec\.js$|node_modules\/(jest|typescript|eslint|@swc|pdf-lib)\//;
  expect(filesIn(trees.folder).filter((file) => unread.test(file))).toEqual([]);
});

it.each(SERVICE_NAMES)('%s says what it is made of, in CycloneDX', async (name) => {
  const text = readFileSync(join(trees.of(name), 'sbom.cdx.json'), 'utf8');
  expect(await new JsonStrictValidator(Version.v1dot6).validate(text)).toBeNull();
  const { components } = JSON.parse(text) as { components: { type: string; 'bom-ref': string }[] };
  const references = components.map((component) => component['bom-ref']);
  const installed = filesIn(trees.of(name)).flatMap((file) => {
    const [, folder] =
      /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file) ?? [];
    return folder ? [folder.replace('@', '%40')] : [];
  });
  expect(installed.length).toBeGreaterThan(50);
  for (const one of installed) {
    expect(references).toContainEqual(expect.stringContaining(`pkg:npm/${one}@`) as string);
  }
  expect(components.filter(({ type }) => type === 'machine-learning-model')).not.toEqual([]);
});

it.each(SERVICE_NAMES)('%s runs no package that is named for developers only', (name) => {
  const lock = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const folders = filesIn(trees.of(name)).flatMap(
    (file) =>
      /^(?:.*?\/)??((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+)package\.json$/
        .exec(file)?.[1]
        ?.slice(0, -1) ?? [],
  );
  expect(folders).not.toEqual([]);
  expect(folders.filter((folder) => lock.packages[folder]?.dev)).toEqual([]);
});

(userId === undefined ? it.skip : it)(
  'runs as somebody who can change nothing of what is run',
  () => {
    const attempt = `require('node:fs').writeFileSync('main.js', '')`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', attempt], {
      cwd: trees.of('agent'),
      ...(userId === undefined ? {} : { uid: userId, gid: userId }),
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('EACCES');
  },
);

it('asks for the key that stands in the secret', async () => {
  const stranger = createParleyClient({ baseUrls: parley.urls });
  const { response } = await stranger.ingestion.GET('/v1/meetings');
  expect(response.status).toBe(401);
});

it('reads a PDF, embeds it and finds it', async () => {
  const pdf = readFileSync(
    join(PROJECT_ROOT, 'apps/standalone/sample/documents/data-protection.pdf'),
  );
  const document = await parley.uploadDocument(new Blob([pdf]), 'data-protection.pdf');
  expect(document.pages).toBeGreaterThan(0);
  const found = await unwrap(
    parley.rag.POST('/v1/search', { body: { query: 'how long is customer data kept' } }),
  );
  expect(found.items[0]?.documentId).toBe(document.id);
});

it('transcribes a recording with the local engine', async () => {
  const form = new FormData();
  const recording = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav'));
  form.append('file', new Blob([recording]), 'jfk.wav');
  form.append('model', 'whisper-1');
  const apiKey = readFileSync(join(outside, 'secrets/service_api_key'), 'utf8').trim();
  const answer = await fetch(`${parley.urls.asr}/v1/audio/transcriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}` },
    body: form,
  });
  expect(await answer.json()).toMatchObject({ text: expect.stringMatching(/country/) as string });
});

it('understands a sentence: who, when, and how it was meant', async () => {
  const text = 'Anna Smith will send the contract to Acme on Friday, which is great.';
  const insight = await unwrap(parley.nlu.POST('/v1/analyses', { body: { text } }));
  expect(insight.entities.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['person', 'date']),
  );
});

it('holds a meeting from audio to a summary, over the bus and all services', async () => {
  const meeting = await unwrap(
    parley.ingestion.POST('/v1/meetings', { body: { title: 'From the images', platform: 'room' } }),
  );
  const sender = await parley.sendAudio(meeting.id);
  const wav = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav'));
  await sender.send(wav.subarray(44));
  await sender.stop();
  const params = { path: { id: meeting.id } };
  await unwrap(parley.ingestion.POST('/v1/meetings/{id}/end', { params }));
  const summary = await eventually('there is no final summary', PATIENCE_MS, async () => {
    const { data } = await parley.agent.GET('/v1/meetings/{id}/summary', { params });
    return data?.status === 'final' ? data : undefined;
  });
  expect(summary.meetingId).toBe(meeting.id);
});

/** As `npm run secrets` makes them, but for where this test's servers are. @returns the settings that name the files */
function writeSecrets(folder: string): Record<string, string> {
  const made = spawnSync(process.execPath, ['docker/make-secrets.mjs', folder], {
    cwd: PROJECT_ROOT,
  });
  expect(made.status).toBe(0);
  writeFileSync(join(folder, 'database_url'), database.url);
  writeFileSync(join(folder, 'redis_url'), redis.url);
  // A container engine mounts the files one by one; here their folder must let the other user through.
  chmodSync(folder, 0o755);
  const names = [
    'database_url',
    'redis_url',
    'service_api_key',
    'approval_signing_key',
    'connections_key',
    'openai_api_key',
  ];
  return Object.fromEntries(
    names.map((name) => [`${name.toUpperCase()}_FILE`, join(folder, name)]),
  );
}

function writable(name: string): string {
  const folder = join(outside, name);
  mkdirSync(folder);
  if (userId !== undefined) chownSync(folder, userId, userId);
  return folder;
}

/** A copy, since the project may stand where the other user cannot look. */
function readableModels(): string {
  const folder = join(outside, 'models');
  cpSync(join(PROJECT_ROOT, '.parley/models'), folder, { recursive: true });
  return folder;
}

async function addresses(): Promise<ServiceUrls> {
  const ports = await freePorts(SERVICE_NAMES.length);
  return Object.fromEntries(
    SERVICE_NAMES.map((name, at) => [name, `http://127.0.0.1:${String(ports[at])}`]),
  ) as ServiceUrls;
}
