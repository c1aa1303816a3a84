import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invariants, type Episode } from './invariants';

/** What the pretended system shows: sound until a test breaks one thing of it. */
function soundWorld() {
  return {
    unsettled: [] as string[],
    coverage: {
      totalMs: 4_000,
      transcribedMs: 3_000,
      silenceMs: 1_000,
      filteredMs: 0,
      withheldMs: 0,
      pendingMs: 0,
      shedMs: 0,
      lostMs: 0,
    },
    segments: [
      { id: 's-1', channel: 'main', startMs: 0, endMs: 2_000, text: 'We start on Tuesday.' },
      { id: 's-2', channel: 'main', startMs: 2_000, endMs: 3_000, text: 'I will send the page.' },
    ],
    insights: ['s-1', 's-2'],
    timeline: { last: 2, count: 2 },
    feed: [
      { type: 'segment.final', cursor: 1, data: { id: 's-1' } },
      { type: 'segment.final', cursor: 2, data: { id: 's-2' } },
    ],
    actions: [
      { id: 'a-1', suggestion_id: 'g-1', status: 'delivered', connection: 'hook' },
      { id: 'a-2', suggestion_id: 'g-2', status: 'delivered', connection: 'file' },
    ],
    posts: [{ id: 'msg_1', json: { actionId: 'a-1' }, verified: true }],
    lines: ['a-2'],
    summary: 'final',
    letters: [] as string[],
  };
}
type World = ReturnType<typeof soundWorld>;

// Fake: the whole system, so that each invariant can be seen to notice what it is there for.
describe('the invariants of a fault run', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-invariants-'));
    mkdirSync(join(dataDir, 'deliveries'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('find nothing where all is well', async () => {
    expect(await broken(soundWorld())).toEqual([]);
  });

  it.each<[string, (world: World) => void, string]>([
    ['an event that nobody takes', ({ unsettled }) => unsettled.push('1 event'), 'comes to rest'],
    [
      'a lost second',
      ({ coverage }) => Object.assign(coverage, { lostMs: 1, silenceMs: 999 }),
      'every millisecond',
    ],
    [
      'a second that nobody counts',
      ({ coverage }) => (coverage.silenceMs = 0),
      'every millisecond',
    ],
    [
      'another word',
      ({ segments }) => Object.assign(at(segments, 0), { text: 'We start on Monday then.' }),
      'the transcript',
    ],
    ['the same second twice', ({ segments }) => (at(segments, 1).startMs = 1_900), 'no moment'],
    ['a segment not understood', ({ insights }) => insights.pop(), 'every segment'],
    ['a segment understood twice', ({ insights }) => insights.push('s-1'), 'every segment'],
    ['a gap in the feed', ({ feed }) => feed.shift(), 'the feed'],
    ['a repeat in the feed', ({ feed }) => feed.push(at(feed, 1)), 'the feed'],
    ['a hole in the timeline', ({ timeline }) => (timeline.count = 1), 'the feed'],
    [
      'two actions of one suggestion',
      ({ actions }) => actions.push({ ...at(actions, 0), id: 'a-3' }),
      'one action',
    ],
    ['an approval that was forgotten', ({ actions }) => actions.pop(), 'one action'],
    ['an action that never arrived', ({ posts }) => posts.pop(), 'its effect once'],
    ['a line written twice', ({ lines }) => lines.push('a-2'), 'its effect once'],
    [
      'an action nobody knows the end of',
      ({ actions }) => (at(actions, 0).status = 'uncertain'),
      'its effect once',
    ],
    [
      'another id for the same webhook',
      ({ posts }) => posts.push({ ...at(posts, 0), id: 'msg_2' }),
      'webhook',
    ],
    ['a webhook that is not signed', ({ posts }) => (at(posts, 0).verified = false), 'webhook'],
    ['a dead letter', ({ letters }) => letters.push('TypeError'), 'given up'],
    ['a meeting without its summary', (world) => (world.summary = 'rolling'), 'final summary'],
  ])('notice %s', async (_what, damage, part) => {
    const world = soundWorld();
    damage(world);
    expect((await broken(world)).join()).toContain(part);
  });

  async function broken(world: World): Promise<string[]> {
    const episode = pretended(world, dataDir);
    const found: string[] = [];
    for (const invariant of invariants) {
      if ((await invariant.violations(episode)).length > 0) found.push(invariant.says);
    }
    return found;
  }
});

function at<T>(items: T[], index: number): T {
  return items[index] as T;
}

function pretended(world: World, dataDir: string): Episode {
  const lines = world.lines.map((actionId) => `${JSON.stringify({ actionId })}\n`);
  writeFileSync(join(dataDir, 'deliveries/file.jsonl'), lines.join(''));
  const answer = (data: unknown) => Promise.resolve({ data, response: { ok: true } });
  const tables: [RegExp, () => unknown[]][] = [
    [/nlu\.insights/, () => world.insights.map((segment_id) => ({ segment_id }))],
    [/timeline_entries/, () => [world.timeline]],
    [/agent\.actions/, () => world.actions],
    [/agent\.summaries/, () => [{ status: world.summary }]],
  ];
  const rows = (sql: string) => Promise.resolve(tables.find(([table]) => table.test(sql))?.[1]());
  const letter = (reason: string) => ['1-0', ['group', 'nlu', 'reason', reason, 'event', '{}']];
  const cluster = {
    client: {
      ingestion: { GET: () => answer(world.coverage) },
      asr: { GET: () => answer({ items: world.segments }) },
    },
    postgres: { rows },
    redis: {
      client: {
        keys: () => Promise.resolve(['parley:transcript:dead']),
        xrange: () => Promise.resolve(world.letters.map(letter)),
      },
    },
    receiver: { requests: world.posts },
    dataDir,
  };
  const meeting = {
    id: 'm-1',
    spoken: { lengthMs: 4_000, tracks: new Map([['main', Buffer.alloc(0)]]) },
    feed: { durable: world.feed },
    approver: {
      pressed: [
        { suggestionId: 'g-1', connectionId: 'hook', actionIds: ['a-1'] },
        { suggestionId: 'g-2', connectionId: 'file', actionIds: ['a-2'] },
      ],
    },
  };
  return {
    cluster,
    meetings: [meeting],
    allowances: new Set(),
    unsettled: world.unsettled,
    reference: new Map([['main', 'We start on Tuesday. I will send the page.']]),
    connections: { webhook: 'hook', file: 'file' },
  } as unknown as Episode;
}
