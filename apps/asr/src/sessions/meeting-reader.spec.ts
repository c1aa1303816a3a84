import { MemoryAudioLog, type AudioEntry, type StoredAudioEntry } from '@parley/bus';
import { HeardChannel } from '../testing/heard-channel';
import { MeetingReader, type ReadListener } from './meeting-reader';

const MEETING = 'm';
const STARVED_MS = 5_000;
const SECOND = 1_000;

const second = (channel: string, from: number): AudioEntry => ({
  kind: 'audio',
  channel,
  startMs: from * SECOND,
  pcm: Buffer.alloc(32 * SECOND),
});

class FakeClock {
  private nowMs = 0;
  now(): number {
    return this.nowMs;
  }
  pass(ms: number): void {
    this.nowMs += ms;
  }
}

/** A log in which waiting in vain takes no real time. */
class QuickLog extends MemoryAudioLog {
  private vain = 0;
  constructor(
    private readonly clock: FakeClock,
    private readonly enough: () => void,
    private readonly waits: number,
  ) {
    super();
  }
  override async read(
    meetingId: string,
    afterId: string | null,
    options: { waitMs: number; limit: number },
  ): Promise<StoredAudioEntry[]> {
    const found = await super.read(meetingId, afterId, { ...options, waitMs: 0 });
    if (found.length > 0) return found;
    this.clock.pass(options.waitMs);
    this.vain += 1;
    if (this.vain >= this.waits) this.enough();
    return [];
  }
}

/** Reads what is in the log, then waits so many times in vain. @returns which channels were taken for silent. */
async function starved(
  entries: AudioEntry[],
  { workMs, waits, midWord = false }: { workMs: number; waits: number; midWord?: boolean },
): Promise<string[]> {
  const clock = new FakeClock();
  const over = new AbortController();
  const log = new QuickLog(
    clock,
    () => {
      over.abort();
    },
    waits,
  );
  for (const entry of entries) await log.append(MEETING, entry);
  const silent = new Set<string>();
  const listen = (channel: string): Promise<ReadListener> =>
    Promise.resolve({
      settledMs: Infinity,
      midWord,
      accept: async () => {
        clock.pass(workMs);
      },
      starved: () => void silent.add(channel),
      abandon: () => Promise.resolve(),
      drained: () => Promise.resolve(),
    });
  await new MeetingReader({
    meetingId: MEETING,
    log,
    clock,
    starvedMs: STARVED_MS,
    listen,
    openChannels: () => Promise.resolve(['laura', 'daniel']),
    hasEnded: () => Promise.resolve(false),
  }).run(over.signal);
  return [...silent];
}

/** Reads what is in the log with real listeners, then waits so many times in vain. @returns what the log holds of each then. */
async function held(entries: AudioEntry[], waits: number): Promise<Record<string, number>> {
  const clock = new FakeClock();
  const over = new AbortController();
  const enough = (): void => {
    over.abort();
  };
  const log = new QuickLog(clock, enough, waits);
  for (const entry of entries) await log.append(MEETING, entry);
  await new MeetingReader({
    meetingId: MEETING,
    log,
    clock,
    starvedMs: STARVED_MS,
    listen: (_channel, _source, settled) => Promise.resolve(new HeardChannel({ settled }).listener),
    openChannels: () => Promise.resolve(['laura', 'daniel']),
    hasEnded: () => Promise.resolve(false),
  }).run(over.signal);
  return {
    laura: await log.heldBytes(MEETING, 'laura'),
    daniel: await log.heldBytes(MEETING, 'daniel'),
  };
}

const many = (channel: string, count: number): AudioEntry[] =>
  Array.from({ length: count }, (_, at) => second(channel, at));

// Fake: the clock, the log's waiting, and the listeners, which only say how long they were at work.
describe('reading a meeting', () => {
  it('takes a channel for silent when nothing has come of it for so long', async () => {
    const entries = [second('laura', 0)];
    expect(await starved(entries, { workMs: 0, waits: STARVED_MS / SECOND })).toEqual(['laura']);
    expect(await starved(entries, { workMs: 0, waits: STARVED_MS / SECOND - 1 })).toEqual([]);
  });

  it('waits three times as long for who was in the middle of a word', async () => {
    const entries = [second('laura', 0)];
    const inTime = { workMs: 0, waits: (3 * STARVED_MS) / SECOND - 1, midWord: true };
    expect(await starved(entries, inTime)).toEqual([]);
    expect(await starved(entries, { ...inTime, waits: inTime.waits + 1 })).toEqual(['laura']);
  });

  it('makes room for who speaks on when somebody else has paused, in the quiet behind a word', async () => {
    const entries = [...many('laura', 1), ...many('daniel', 40)];
    const before = await held(entries, STARVED_MS / SECOND - 1);
    expect(before.daniel).toBe(40 * SECOND * 32);
    // Daniel's own pause begins only behind what he said last.
    expect(await held(entries, STARVED_MS / SECOND)).toEqual({ laura: 0, daniel: 0 });
  });

  it('does not take a channel for silent whose audio it has not come to yet', async () => {
    const entries = [second('laura', 0), ...many('daniel', 30), second('laura', 1)];
    expect(await starved(entries, { workMs: SECOND, waits: 2 })).toEqual([]);
  });

  it('does not take a channel for silent whose sender waits because the reader is behind', async () => {
    const entries = [second('laura', 0), ...many('daniel', 10)];
    expect(await starved(entries, { workMs: SECOND, waits: 2 })).toEqual([]);
  });
});
