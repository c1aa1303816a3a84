import type { AudioEntry, AudioLog } from '@parley/bus';
import { Seeded } from '../../../../test/harness/seeded';
import { AudioIntake } from './audio-intake';
import { BYTES_PER_MS } from './audio-clock';

const SEEDS = 200;
const STEPS = 40;

/** What the sender holds: each millisecond is a number of its own, or was never captured. */
type Recording = (number | null)[];

/** A log that is slow, and that may be behind. */
class ModelLog implements Pick<AudioLog, 'append' | 'heldBytes'> {
  readonly entries: AudioEntry[] = [];

  constructor(private readonly random: Seeded) {}

  async append(_meetingId: string, entry: AudioEntry): Promise<string> {
    await this.turns();
    this.entries.push(entry);
    return String(this.entries.length);
  }

  async heldBytes(): Promise<number> {
    await this.turns();
    return this.random.next() < 0.3 ? 5_000 * BYTES_PER_MS : 0;
  }

  private async turns(): Promise<void> {
    for (let left = Math.floor(this.random.next() * 4); left > 0; left--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

// Real: the intake and its clock. Model: a sender whose lines are cut, that goes on from before or after where it
// was, slices its audio as it likes and does not care about acknowledgements; and the log.
describe('the audio of a channel, over all connections of its sender,', () => {
  it('stands in the log once, each sample in its place, and every millisecond is accounted for', async () => {
    const tried = { again: 0, skipped: 0, shed: 0 };
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = new Seeded(seed);
      const below = (limit: number): number => Math.floor(random.next() * limit);
      const log = new ModelLog(random);
      const recording: Recording = [];
      const shed: { startMs: number; endMs: number }[] = [];
      let durableMs = 0;
      let from = 0;
      let intake = connect();

      function connect(): AudioIntake {
        return new AudioIntake(log as unknown as AudioLog, {
          meetingId: 'm',
          channel: 'main',
          receivedMs: durableMs,
          resumeFromMs: from,
          backlogMs: 200,
          pollMs: 0,
          durable: () => undefined,
          failed: (error) => {
            throw error;
          },
        });
      }

      /** Says what it holds from where it is, capturing more as needed, some of it as time not captured. */
      function say(ms: number): void {
        const isGap = from >= recording.length ? random.next() < 0.2 : recording[from] === null;
        let length = 0;
        while (length < ms && from + length <= recording.length) {
          const at = from + length;
          if (at === recording.length) recording.push(isGap ? null : (at % 30_000) + 1);
          if ((recording[at] === null) !== isGap) break;
          length += 1;
        }
        if (isGap) intake.gap(length);
        else for (const part of slices(recording.slice(from, from + length))) intake.audio(part);
        from += length;
      }

      function slices(samples: Recording): Buffer[] {
        const all = Buffer.alloc(samples.length * BYTES_PER_MS);
        samples.forEach((sample, at) => {
          for (let byte = 0; byte < BYTES_PER_MS; byte += 2) {
            all.writeUInt16LE(sample ?? 0, at * BYTES_PER_MS + byte);
          }
        });
        const cut = below(all.length + 1);
        return [all.subarray(0, cut), all.subarray(cut)];
      }

      async function leave(): Promise<void> {
        await intake.settled();
        durableMs = Math.max(durableMs, intake.offsetMs);
        shed.push(...intake.takeRefused());
      }

      for (let step = 0; step < STEPS; step++) {
        const die = random.next();
        if (die < 0.7) say(1 + below(150));
        else if (die < 0.8) await intake.settled();
        else {
          if (die < 0.95) intake.abandon();
          await leave();
          from = Math.max(0, durableMs - below(300));
          if (from < durableMs) tried.again += 1;
          if (random.next() < 0.1) {
            // It has lost some of what it had, and goes on later.
            tried.skipped += 1;
            recording.length = Math.min(recording.length, durableMs);
            while (recording.length < durableMs + 50) recording.push(null);
            from = recording.length;
          }
          intake = connect();
        }
      }
      await leave();
      tried.shed += shed.length;

      const heard: Recording = [];
      for (const entry of log.entries) {
        if (entry.kind !== 'audio' && entry.kind !== 'gap') continue;
        // One after the other: nothing twice, nothing in front of what was before, no hole.
        expect({ seed, startMs: entry.startMs }).toEqual({ seed, startMs: heard.length });
        if (entry.kind === 'gap') while (heard.length < entry.endMs) heard.push(null);
        else {
          for (let at = 0; at < entry.pcm.length; at += BYTES_PER_MS) {
            heard.push(entry.pcm.readUInt16LE(at));
          }
        }
      }
      expect({ seed, durableMs }).toEqual({ seed, durableMs: heard.length });
      const isShed = (ms: number): boolean =>
        shed.some(({ startMs, endMs }) => ms >= startMs && ms < endMs);
      const wrong = heard.flatMap((sample, ms) =>
        sample === recording[ms] || (sample === null && isShed(ms)) ? [] : [ms],
      );
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    }
    // The model tries what it is there for.
    expect(Math.min(...Object.values(tried))).toBeGreaterThan(SEEDS / 10);
  });
});
