import { setTimeout as wait } from 'node:timers/promises';
import { unwrap, type Segment } from '@parley/client';
import type { ServiceProcess } from '../../test/harness/service-process';
import { MeetingPlayer } from '../../apps/standalone/src/meeting/meeting-player';
import { percentile } from '../percentile';
import type { Finding } from '../report/finding';
import type { Measurement } from './measurement';
import { withSystem, type RunningSystem } from './running-system';
import { spokenTrack } from './spoken-track';

const TIMES = 6;
const BETWEEN_MS = 8_000;
const LIMIT_MS = 20_000;

/** A replica of asr is killed while it listens: how long until another does, and until the next line. */
export const takeoverMeasurement: Measurement = {
  name: 'takeover',
  canBeSmall: false,
  run: (say) =>
    withSystem({ services: ['ingestion', 'asr', 'nlu', 'agent', 'rag'] }, async (system) => {
      const replicas = [system.processes.get('asr'), await system.spawn('asr')].filter(
        (one) => one !== undefined,
      );
      try {
        await Promise.all(replicas.map((one) => one.ready()));
        const { pcm } = await spokenTrack((TIMES + 1) * (BETWEEN_MS + 6_000), 0.8);
        const made = system.client.ingestion.POST('/v1/meetings', { body: { title: 'Takeover' } });
        const { id } = await unwrap(made);
        const finals: { at: number; segment: Segment }[] = [];
        const stop = new AbortController();
        const player = new MeetingPlayer(system.client, id, stop.signal);
        const playing = player.play(new Map([['main', pcm]]), {
          speed: 1,
          onEntry: ({ type, data }) => {
            if (type === 'segment.final') finals.push({ at: performance.now(), segment: data });
          },
        });
        playing.catch(() => undefined);
        const taken: number[] = [];
        const lines: number[] = [];
        for (let nth = 1; nth <= TIMES; nth++) {
          await wait(BETWEEN_MS);
          say(`Killing the replica that listens, ${nth} of ${TIMES} …`);
          const before = await epochOf(system, id);
          const killed = await listener(replicas);
          const killedAt = performance.now();
          await replicas[killed]?.end('SIGKILL');
          await until(async () => (await epochOf(system, id)) > before);
          taken.push(performance.now() - killedAt);
          await until(() => Promise.resolve((finals.at(-1)?.at ?? 0) > killedAt));
          lines.push((finals.at(-1)?.at ?? 0) - killedAt);
          replicas[killed] = await (await system.spawn('asr')).ready();
        }
        stop.abort();
        await playing.catch(() => undefined);
        const seconds = (ms: number | null): string => `${((ms ?? 0) / 1_000).toFixed(1)} s`;
        const findings: Finding[] = [
          {
            what: 'takeover of a dead asr replica, at worst',
            measured: Math.max(...taken) / 1_000,
            unit: 's',
            goal: { atMost: 5 },
            spread: {
              low: Math.min(...taken) / 1_000,
              high: Math.max(...taken) / 1_000,
              of: `${TIMES} times`,
            },
            note: `${TIMES} times, ${seconds(percentile(taken, 50))} in the median; the next line after ${seconds(percentile(lines, 50))}, at worst ${seconds(Math.max(...lines))}`,
          },
        ];
        return { findings, plots: [] };
      } finally {
        await Promise.all(replicas.map((one) => one.stop()));
      }
    }),
};

async function epochOf({ database }: RunningSystem, id: string): Promise<number> {
  const sql = 'SELECT epoch FROM asr.meetings WHERE meeting_id = $1 AND lease_until > now()';
  const { rows } = await database.query<{ epoch: number }>(sql, [id]);
  return rows[0]?.epoch ?? 0;
}

async function listener(replicas: ServiceProcess[]): Promise<number> {
  for (;;) {
    for (const [index, { url }] of replicas.entries()) {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      if (/^asr_meetings_listening(\{.*\})? 1$/m.test(metrics)) return index;
    }
    await wait(50);
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > LIMIT_MS) throw new Error('nobody took the meeting over');
    await wait(10);
  }
}
