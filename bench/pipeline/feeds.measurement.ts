import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { RedisEventBus } from '@parley/bus';
import { unwrap } from '@parley/client';
import { makeEvent, segmentId, type Envelope, type MeetingId } from '@parley/contracts';
import { treeUse } from '../process-tree';
import type { Finding } from '../report/finding';
import { inMs, type Measurement } from './measurement';
import { withSystem } from './running-system';

const MANY = { readers: 1_000, warmUpSeconds: 15, seconds: 40 };
const FEW = { readers: 20, warmUpSeconds: 0.4, seconds: 1 };
const MOST_GROWTH_PERCENT = 5;
const ENTRIES_PER_SECOND = 5;

/** One meeting with very many viewers, all on one ingestion process that has one core. */
export const feedsMeasurement: Measurement = {
  name: 'feeds',
  canBeSmall: true,
  run: (say, small) =>
    withSystem({ services: ['ingestion'], settings: { LOG_LEVEL: 'error' } }, async (system) => {
      const { readers: count, warmUpSeconds, seconds } = small ? FEW : MANY;
      const pid = system.pidOf('ingestion');
      const pinned = pin(pid, 0);
      const made = system.client.ingestion.POST('/v1/meetings', {
        body: { title: 'A full house' },
      });
      const { id } = await unwrap(made);
      say(`${count} viewers come …`);
      const url = `${system.client.urls.ingestion}/v1/meetings/${id}/events`;
      const readers = spawn(
        process.execPath,
        [join(__dirname, 'feed-readers.main.js'), url, String(count)],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      if (readers.pid !== undefined) pin(readers.pid, 1);
      const lines = createInterface({ input: readers.stdout });
      try {
        await once(lines, 'line');
        say(
          `${ENTRIES_PER_SECOND} entries a second for ${warmUpSeconds} s, then for ${seconds} s …`,
        );
        const speaker = new Speaker(system.redis.url, id as MeetingId);
        await speaker.speak(warmUpSeconds);
        const before = treeUse(pid);
        await speaker.speak(seconds);
        await speaker.close();
        await wait(1_000);
        const after = treeUse(pid);
        const result = once(lines, 'line') as Promise<[string]>;
        readers.stdin.end();
        const found = JSON.parse((await result)[0]) as { p50: number; p95: number; count: number };
        const expected = count * (warmUpSeconds + seconds) * ENTRIES_PER_SECOND;
        const cpu = after && before ? (after.cpuMs - before.cpuMs) / (seconds * 10) : Number.NaN;
        const grown = after && before ? (after.pssBytes - before.pssBytes) / 1e6 : Number.NaN;
        const findings: Finding[] = [
          {
            what: `from the bus to each of ${count} viewers of one meeting, p95`,
            measured: found.p95,
            unit: 'ms',
            goal: { atMost: 100 },
            note: `p50 ${inMs(found.p50)}; ${found.count} of ${expected} deliveries; ingestion ${pinned ? 'on one core' : 'not pinned'}, ${cpu.toFixed(0)} % of it used`,
          },
          {
            what: `growth of ingestion’s memory with ${count} viewers`,
            measured: before && after ? (after.pssBytes / before.pssBytes - 1) * 100 : null,
            unit: '%',
            goal: { atMost: MOST_GROWTH_PERCENT },
            note:
              before && after
                ? `${grown.toFixed(1)} MB, to ${(after.pssBytes / 1e6).toFixed(0)} MB`
                : 'there is no /proc here',
          },
        ];
        return { findings, plots: [] };
      } finally {
        readers.kill('SIGKILL');
      }
    }),
};

/** Says things in a meeting as asr would, at an even pace. */
class Speaker {
  private readonly bus: RedisEventBus;
  private ordinal = 0;

  constructor(
    redisUrl: string,
    private readonly meetingId: MeetingId,
  ) {
    this.bus = new RedisEventBus({ url: redisUrl, name: 'bench' });
  }

  async speak(seconds: number): Promise<void> {
    const startedAt = performance.now();
    for (let nth = 0; nth < seconds * ENTRIES_PER_SECOND; nth++) {
      await wait(Math.max(0, startedAt + (nth * 1_000) / ENTRIES_PER_SECOND - performance.now()));
      await this.bus.publish(this.line(this.ordinal++));
    }
  }

  close(): Promise<void> {
    return this.bus.close();
  }

  private line(ordinal: number): Envelope {
    const { meetingId } = this;
    const segment = {
      id: segmentId(meetingId, 'main', ordinal),
      meetingId,
      channel: 'main',
      speaker: null,
      startMs: ordinal * 200,
      endMs: ordinal * 200 + 150,
      // Both run on one machine: its clock says how long it took.
      text: `said at ${Date.now()}`,
      final: true,
      revision: 0,
      engine: 'bench',
      degraded: false,
    };
    return makeEvent('transcript.final', { segment }, { meetingId });
  }
}

/** @returns whether that can be done here. */
function pin(pid: number, core: number): boolean {
  return spawnSync('taskset', ['-a', '-cp', String(core), String(pid)]).status === 0;
}
