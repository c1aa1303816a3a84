import { setTimeout as wait } from 'node:timers/promises';
import { unwrap, type FeedTransport } from '@parley/client';
import { addSampleDocuments } from '../../apps/standalone/src/demo/play-sample';
import type { Seeded } from '../harness/seeded';
import { Cluster } from './cluster/cluster';
import { someMs } from './fault';
import { segmentsOf, textByChannel, type Episode } from './invariants';
import { LiveMeeting } from './meeting/live-meeting';
import { readSpoken, type Spoken } from './meeting/spoken';
import type { PlannedEpisode } from './plan';
import { settled } from './settle';

const MEETINGS_AT_ONCE = 2;
/** How the viewers of the meetings look at them, in turn. */
const TRANSPORTS: readonly FeedTransport[] = ['sse', 'websocket'];

/** One system that is broken again and again; every episode is looked at by itself. */
export class FaultRun {
  private reference: Map<string, string> | null = null;

  private constructor(
    readonly cluster: Cluster,
    private readonly spoken: Spoken,
    private readonly connections: Episode['connections'],
    private readonly random: Seeded,
    private readonly report: (line: string) => void,
  ) {}

  static async start(random: Seeded, report: (line: string) => void): Promise<FaultRun> {
    const cluster = await Cluster.start();
    try {
      const { client, receiver } = cluster;
      await addSampleDocuments(client);
      const connect = async (
        provider: string,
        settings: Record<string, unknown>,
      ): Promise<string> => {
        const body = { provider, name: provider, settings };
        return (await unwrap(client.integrations.POST('/v1/connections', { body }))).id;
      };
      const { url, secret } = receiver;
      const webhook = await connect('webhook', { url, secret });
      const connections = { webhook, file: await connect('file', {}) };
      return new FaultRun(cluster, await readSpoken(), connections, random, report);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Holds one meeting that nothing disturbs: what the others are compared with. */
  async undisturbed(): Promise<Episode> {
    const episode = await this.hold(1, [], new Set());
    const [meeting] = episode.meetings;
    if (meeting) this.reference = textByChannel(await segmentsOf(this.cluster, meeting.id));
    return { ...episode, reference: this.reference };
  }

  /** Holds meetings while the faults strike, mends everything, and waits until nothing moves. */
  disturbed({ faults, allowances }: PlannedEpisode): Promise<Episode> {
    return this.hold(MEETINGS_AT_ONCE, faults, allowances);
  }

  stop(): Promise<void> {
    return this.cluster.stop();
  }

  private async hold(
    count: number,
    faults: PlannedEpisode['faults'],
    allowances: PlannedEpisode['allowances'],
  ): Promise<Episode> {
    const { cluster, spoken, random, connections } = this;
    const connectionIds = Object.values(connections);
    const meetings = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        LiveMeeting.begin(cluster.client, spoken, connectionIds, TRANSPORTS[index % 2] ?? 'sse'),
      ),
    );
    const held = Promise.all(meetings.map((meeting) => meeting.hold()));
    held.catch(() => undefined);
    for (const fault of faults) {
      await wait(someMs(random, 300, 2_500));
      const startedAt = performance.now();
      await fault.strike({ cluster, meetings, random }).catch((error: unknown) => {
        this.report(`  ✗ ${fault.name} (${seconds(startedAt)} s): ${String(error)}`);
        throw error;
      });
      this.report(`  ${fault.name} (${seconds(startedAt)} s)`);
    }
    const heldAt = performance.now();
    await held;
    this.report(`  said and ended ${seconds(heldAt)} s after the last fault`);
    const endedAt = performance.now();
    const ids = meetings.map(({ id }) => id);
    const late = await settled(cluster, ids);
    await this.feedsAreThere(meetings);
    // Also what was suggested late is approved: only then can it be carried out twice.
    await Promise.all(meetings.map((meeting) => meeting.decide()));
    const unsettled = [...late, ...(await settled(cluster, ids))];
    await this.feedsAreThere(meetings);
    await Promise.all(meetings.map(({ feed }) => feed.stop()));
    this.report(`  at rest ${seconds(endedAt)} s after the end; ${told(cluster, meetings)}`);
    for (const left of unsettled) this.report(`  not at rest: ${left}`);
    return { cluster, meetings, allowances, unsettled, reference: this.reference, connections };
  }

  /** A viewer gets the last entries a moment after they are written. */
  private async feedsAreThere(meetings: LiveMeeting[]): Promise<void> {
    await Promise.all(
      meetings.map(async ({ id, feed }) => {
        const rows = await this.cluster.postgres.rows<{ last_cursor: string }>(
          'SELECT last_cursor FROM ingestion.meetings WHERE id = $1',
          [id],
        );
        const last = Number(rows[0]?.last_cursor ?? 0);
        for (let tries = 0; tries < 100; tries += 1) {
          if ((feed.durable.at(-1)?.cursor ?? 0) >= last) break;
          await wait(100);
        }
      }),
    );
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}

function told({ lines }: Cluster, meetings: readonly LiveMeeting[]): string {
  const sum = (of: (meeting: LiveMeeting) => number): string =>
    String(meetings.reduce((total, meeting) => total + of(meeting), 0));
  const entries = sum(({ feed }) => feed.durable.length);
  const opened = sum(({ id }) => lines.count(id));
  const needed = sum(({ senders }) => senders.length);
  const approved = sum(({ approver }) => approver.pressed.length);
  return `${entries} entries on the feeds, ${approved} approved, ${opened} audio lines where ${needed} would do`;
}
