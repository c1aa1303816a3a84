import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EmbeddingEngine } from '@parley/ai';
import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { PROJECT_ROOT } from '@parley/config';
import { configureLogging } from '@parley/observability';
import { createService } from '@parley/service';
import { startTestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import { vectorName } from '../../apps/rag/src/chunks/vector-unit';
import { RagModule } from '../../apps/rag/src/rag.module';
import { QueryEmbedder } from '../../apps/rag/src/search/query-embedder';
import { SearchRepository } from '../../apps/rag/src/search/search.repository';
import { filesOf, QMSUM, readRealMeetings } from '../../evaluate/understanding/real-meetings';
import type { Bench } from '../measure';
import { fillWorkspace } from './filled-workspace';
import { indexRecall } from './index-recall';
import { measureIndexing } from './measured-indexing';
import { measureSearch } from './measured-search';
import { realChunks, recombined, sentencesOf } from './recombined-corpus';
import { searchFindings, searchPlots } from './search-findings';
import { searchPage, type SizeResult } from './search-page';
import { StageClock } from './stage-clock';

const FULL = { sizes: [10_000, 100_000], rounds: 4, chunks: Infinity, questions: Infinity };
const SMOKE = { sizes: [60], rounds: 1, chunks: 10, questions: 3 };

/** Measures search and indexing on a real PostgreSQL; `--sizes 1000` writes nothing. */
export async function runSearchBench({ args, say, smoke, ...bench }: Bench): Promise<void> {
  const { values } = parseArgs({ args, options: { sizes: { type: 'string' } } });
  if (!process.env.TEST_DATABASE_URL && !smoke) {
    throw new Error('It needs a real server: node test/servers/run.mjs -- npm run bench -- search');
  }
  const most = smoke ? SMOKE : FULL;
  const sizes = values.sizes?.split(',').map(Number) ?? most.sizes;
  const real = readRealMeetings(filesOf(QMSUM));
  const chunks = realChunks(real.meetings).slice(0, most.chunks);
  const questions = real.questions.map(({ query }) => query).slice(0, most.questions);
  const database = await startTestDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    MODELS_DIR: process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models'),
    RATE_LIMIT_PER_MINUTE: '0',
  });
  configureLogging({ level: 'silent' });
  enableEmbeddedBus();
  const service = await createService(RagModule, 'rag', { port: 0 });
  try {
    const { app, url } = service;
    const engine = app.get(EmbeddingEngine, { strict: false });
    say(`The vectors of ${chunks.length} chunks are made …`);
    const indexing = await measureIndexing(engine, chunks);
    const texts = sentencesOf(chunks);
    const made = await engine.embed(texts);
    const vectors = new Map(texts.flatMap((text, at) => (made[at] ? [[text, made[at]]] : [])));
    const clock = watched(app.get(SearchRepository), app.get(QueryEmbedder));
    const rows = app.get(DataSource);
    const results: SizeResult[] = [];
    for (const size of sizes) {
      say(`${size} chunks are written …`);
      await fillWorkspace(rows, recombined(chunks, size), vectors, vectorName(engine));
      const times = [];
      for (const [mode, atOnce] of WAYS) {
        const way = { mode, atOnce, rounds: most.rounds, clock };
        times.push(await measureSearch(url, rows, questions, way));
        say(`${size} chunks, ${mode}, ${atOnce} at once: done`);
      }
      const recall = await indexRecall(
        rows,
        app.get(SearchRepository),
        app.get(QueryEmbedder),
        questions,
      );
      results.push({ size, times, recall });
      const found = { results, indexing };
      const page = searchPage(bench.measuredOn, bench.machine, found);
      // After each size: the last one takes long.
      if (values.sizes) say(page);
      else bench.publish({ page, findings: searchFindings(found), plots: searchPlots(found) });
    }
  } finally {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
  }
}

const WAYS = [
  ['hybrid', 1],
  ['keyword', 1],
  ['vector', 1],
  ['hybrid', 4],
] as const;

function watched(repository: SearchRepository, embedder: QueryEmbedder): StageClock {
  const clock = new StageClock();
  clock.watch(embedder, 'embed', 'vector of the question (beside the words)');
  clock.watch(repository, 'corpus', 'how common its words are');
  clock.watch(repository, 'holding', 'chunks by words');
  clock.watch(repository, 'near', 'nearest vectors, and cosines of the best by words');
  clock.watch(repository, 'load', 'loading the hits');
  return clock;
}
