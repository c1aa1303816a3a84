import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtFile, loadSettings, modelsPath, serviceSettings } from '@parley/config';
import { ModelFailedError } from '../text/model-failed.error';
import { LocalEmbeddingEngine } from './local-embedding.engine';
import { USE_LITE_FILES } from './use-lite.protocol';

const NO_VECTOR: Float32Array = new Float32Array();
const cosine = (a = NO_VECTOR, b = NO_VECTOR): number =>
  a.reduce<number>((sum, value, index) => sum + value * (b[index] ?? 0), 0);

// Real: the model in its worker thread.
describe('LocalEmbeddingEngine', () => {
  const weights = modelsPath(loadSettings(serviceSettings), 'use-lite');
  let engine: LocalEmbeddingEngine;
  beforeAll(() => {
    engine = new LocalEmbeddingEngine(weights);
  });
  afterAll(() => engine.close());

  it('gives unit vectors of 512 dimensions, in the order of the texts', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => `Sentence number ${index} of forty.`);
    const vectors = await engine.embed(texts);
    const [alone] = await engine.embed([texts[37] ?? '']);
    expect(vectors.map((vector) => vector.length)).toEqual(texts.map(() => 512));
    expect(cosine(vectors[5], vectors[5])).toBeCloseTo(1, 5);
    expect(cosine(vectors[37], alone)).toBeCloseTo(1, 5);
  });

  it('puts a paraphrase nearer than a stranger', async () => {
    const [question, answer, stranger] = await engine.embed([
      'How many vacation days do we get?',
      'Employees have 25 days of paid annual leave.',
      'The printer is on the second floor.',
    ]);
    expect(cosine(question, answer)).toBeGreaterThan(cosine(question, stranger) + 0.2);
  });

  it('refuses a blank text, which has no vector, and takes none at all', async () => {
    await expect(engine.embed(['fine', ' \n'])).rejects.toThrow(RangeError);
    await expect(engine.embed([])).resolves.toEqual([]);
  });

  it('lets a caller give up, and serves the others', async () => {
    const controller = new AbortController();
    const many = engine.embed(
      Array.from({ length: 200 }, (_, index) => `text ${index}`),
      { signal: controller.signal },
    );
    const other = engine.embed(['somebody else']);
    controller.abort(new Error('no longer wanted'));
    await expect(many).rejects.toThrow('no longer wanted');
    await expect(other).resolves.toHaveLength(1);
  });

  it('says which step is missing where there are no weights', async () => {
    const empty = new LocalEmbeddingEngine(join(weights, 'nowhere'));
    await expect(empty.embed(['text'])).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('npm start') as string,
    });
    await empty.close();
  });
});

// Real: worker threads. Fake: the model, which crashes, hangs and fails on demand.
describe('LocalEmbeddingEngine with a worker that breaks', () => {
  let directory: string;
  let engine: LocalEmbeddingEngine;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'parley-embedding-'));
    for (const file of USE_LITE_FILES) writeFileSync(join(directory, file), '');
    engine = new LocalEmbeddingEngine(directory, {
      workerFile: builtFile(__dirname, 'crashing.worker.fake'),
      maxWaitingTexts: 20,
      batchMs: 200,
    });
  });
  afterEach(async () => {
    await engine.close();
    rmSync(directory, { recursive: true });
  });

  it('starts it again after a crash and answers as if nothing had been', async () => {
    await expect(engine.embed(['crash once'])).resolves.toHaveLength(1);
  });

  it('gives up on a text that crashes it twice, and goes on with the next', async () => {
    await expect(engine.embed(['crash always'])).rejects.toBeInstanceOf(ModelFailedError);
    await expect(engine.embed(['fine'])).resolves.toHaveLength(1);
  });

  it('ends one that hangs, and goes on with the next', async () => {
    await expect(engine.embed(['hang'])).rejects.toMatchObject({ reason: 'refused' });
    await expect(engine.embed(['fine'])).resolves.toHaveLength(1);
  });

  it('has failed for who has no more patience, who did not leave', async () => {
    const hurried = engine.embed(['hang'], { patienceMs: 50 });
    await expect(hurried).rejects.toMatchObject({ reason: 'timeout' });
    const left = { signal: AbortSignal.timeout(50), patienceMs: 10_000 };
    await expect(engine.embed(['hang'], left)).rejects.not.toMatchObject({ reason: 'timeout' });
  });

  it('does not repeat a text that the model refused', async () => {
    await expect(engine.embed(['fail'])).rejects.toThrow('bad text');
    await expect(engine.embed(['fine'])).resolves.toHaveLength(1);
  });

  it('refuses more texts than may wait', async () => {
    const texts = Array.from({ length: 21 }, () => 'fine');
    await expect(engine.embed(texts)).rejects.toMatchObject({ reason: 'busy' });
  });

  it('tells those who wait that it was closed, and everybody after', async () => {
    const waiting = engine.embed(['hang']);
    const told = expect(waiting).rejects.toMatchObject({ reason: 'closed' });
    await engine.close();
    await told;
    await expect(engine.embed(['fine'])).rejects.toMatchObject({ reason: 'closed' });
  });
});
