import type { ServiceUrls } from '@parley/client';
import type { CDPSession, Locator, Page } from 'playwright-core';
import { SERVICE_NAMES } from '@parley/config';
import { openBrowser } from '../../test/page/browser';
import { PageServer } from '../../test/page/page-server';
import { percentile } from '../percentile';
import { FeedServer } from './feed-server';
import { tabMemory, type TabMemory } from './tab-memory';
import { scriptLoad } from './script-load';

export interface PageFigures {
  scripts: { place: string; gzippedKb: number; files: number }[];
  interactions: { lines: number; count: number; p50: number; p98: number; longest: number };
  /** Share of one processor that the tab's main thread worked while it was used. */
  busy: number;
  memory: { lines: number; before: MemoryFigures; after: MemoryFigures };
}

export interface MemoryFigures {
  heapMb: number;
  /** Null where the system does not tell. */
  process: TabMemory | null;
}

interface Sizes {
  /** On screen while somebody works with the page. */
  lines: number;
  /** In two hours there are 2,400: one every three seconds. */
  linesInAll: number;
  rounds: number;
}

const FULL: Sizes = { lines: 2_000, linesInAll: 2_400, rounds: 3 };
const SMOKE: Sizes = { lines: 20, linesInAll: 40, rounds: 1 };
/** Events are told from this duration on; shorter ones count as that. */
const SHORTEST_MS = 16;

export async function measurePage(
  say: (line: string) => void,
  smoke: boolean,
): Promise<PageFigures> {
  const sizes = smoke ? SMOKE : FULL;
  const scripts = await withPage(0, async (page, server, feed) => {
    say('First load …');
    return [
      await scriptLoad(page, `${server.url}/`, 'meetings'),
      await scriptLoad(page, `${server.url}/meetings/${feed.meetingId}`, 'a live meeting'),
    ];
  });
  say(`Interactions while a meeting runs, with ${sizes.lines} lines …`);
  const used = await withPage(sizes.lines, (...parts) => useIt(sizes, ...parts));
  say(`${sizes.linesInAll} lines, each with its provisional text …`);
  const memory = await withPage(0, (...parts) => growOld(sizes, ...parts));
  return { scripts, ...used, memory };
}

async function withPage<Result>(
  lines: number,
  work: (page: Page, server: PageServer, feed: FeedServer) => Promise<Result>,
): Promise<Result> {
  const feed = await FeedServer.start(lines);
  const urls = Object.fromEntries(SERVICE_NAMES.map((name) => [name, feed.url])) as ServiceUrls;
  const server = await PageServer.start(urls);
  const browser = await openBrowser(null);
  try {
    browser.page.setDefaultTimeout(120_000);
    return await work(browser.page, server, feed);
  } finally {
    await browser.close();
    await server.stop();
    await feed.close();
  }
}

/** Tabs, letters, lines, keys: what people do, while lines go on coming. */
async function useIt(
  { lines, rounds }: Sizes,
  page: Page,
  server: PageServer,
  feed: FeedServer,
): Promise<Pick<PageFigures, 'interactions' | 'busy'>> {
  await page.goto(`${server.url}/meetings/${feed.meetingId}`);
  await page.getByText(`(${lines - 1})`).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate(OBSERVE);
  const parts = await findParts(page);
  feed.speak(1_500);
  const before = await workedSeconds(session);
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    for (const tab of [parts.facts, parts.summary, parts.ask]) await tab.click();
    await parts.question.focus();
    await page.keyboard.type('What did we decide?');
    await parts.name.click();
    await page.keyboard.press('Escape');
    await parts.words.click();
    await page.keyboard.press('Escape');
    await parts.log.focus();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('End');
    await parts.decide.click();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const busy = ((await workedSeconds(session)) - before) / seconds;
  feed.silence();
  await page.evaluate('new Promise((done) => setTimeout(done, 500))');
  const { count, durations } = await page.evaluate<{ count: number; durations: number[] }>(TELL);
  const known = [...durations];
  while (known.length < count) known.push(SHORTEST_MS);
  return {
    interactions: {
      lines: feed.lines,
      count,
      p50: percentile(known, 50) ?? 0,
      p98: percentile(known, 98) ?? 0,
      longest: Math.max(...known),
    },
    busy,
  };
}

/** What is clicked, found beforehand: looking for a role among thousands of lines is work of the page as well. */
async function findParts(page: Page) {
  const log = page.getByRole('log');
  const tab = (name: string): Promise<Part> => found(page.getByRole('tab', { name }));
  return {
    facts: await tab('Facts'),
    summary: await tab('Summary'),
    ask: await tab('Ask'),
    decide: await tab('To decide'),
    question: await found(page.getByLabel('Ask about this meeting')),
    name: await found(log.getByRole('button', { name: 'Laura' }).last()),
    words: await found(page.getByRole('button', { name: 'Words' })),
    log: await found(log),
  };
}

type Part = Awaited<ReturnType<Locator['elementHandle']>>;

function found(locator: Locator): Promise<Part> {
  return locator.elementHandle();
}

async function growOld(
  { linesInAll }: Sizes,
  page: Page,
  server: PageServer,
  feed: FeedServer,
): Promise<PageFigures['memory']> {
  await page.goto(`${server.url}/meetings/${feed.meetingId}`);
  await page.getByText('Nobody has spoken yet.').waitFor();
  const session = await page.context().newCDPSession(page);
  const before = await memoryFigures(page, session);
  while (feed.lines < linesInAll) {
    feed.sayWhole();
    // As an event loop has them: one after the other, not all in one piece.
    await new Promise((next) => setTimeout(next, 5));
  }
  await page.getByText(`(${linesInAll - 1})`).waitFor();
  return { lines: feed.lines, before, after: await memoryFigures(page, session) };
}

async function workedSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

async function memoryFigures(page: Page, session: CDPSession): Promise<MemoryFigures> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { heapMb: usedSize / 1e6, process: await tabMemory(page) };
}

// Run in the page, as text: an interaction is as long as its longest event.
const OBSERVE = `(() => {
  globalThis.known = new Map();
  globalThis.countBefore = performance.interactionCount ?? 0;
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId) known.set(interactionId, Math.max(known.get(interactionId) ?? 0, duration));
    }
  }).observe({ type: 'event', durationThreshold: ${SHORTEST_MS} });
})()`;
const TELL = `({
  count: Math.max(known.size, (performance.interactionCount ?? 0) - countBefore),
  durations: [...known.values()],
})`;
