import { unwrap } from '@parley/client';
import { WebhookReceiver } from '@parley/testing';
import { plantSuggestion } from '../../test/harness/planted-suggestion';
import { percentile } from '../percentile';
import type { Finding } from '../report/finding';
import { inMs, type Measurement } from './measurement';
import { withSystem, type RunningSystem } from './running-system';

const MANY = { approvals: 200, warmUp: 20 };
const FEW = { approvals: 4, warmUp: 1 };
const AT_ONCE = 10;

/** From the press on "approve" until the provider has the request. */
export const approvalsMeasurement: Measurement = {
  name: 'approvals',
  canBeSmall: true,
  async run(say, small) {
    const { approvals, warmUp } = small ? FEW : MANY;
    const receiver = await WebhookReceiver.start();
    const settings = { OUTBOUND_ALLOW_HOSTS: receiver.hostAndPort };
    const services = ['agent', 'integrations'] as const;
    try {
      return await withSystem({ services, settings }, async (system) => {
        const connectionId = await connect(system, receiver);
        say(`${approvals} approvals, one after the other …`);
        const latencies: number[] = [];
        for (let nth = 0; nth < warmUp + approvals; nth++) {
          const id = await plantSuggestion(system.database, `approval ${nth}`);
          const arrived = receiver.waitFor(nth + 1);
          const pressedAt = performance.now();
          await Promise.all([
            approve(system, id, connectionId),
            arrived.then(() => {
              if (nth >= warmUp) latencies.push(performance.now() - pressedAt);
            }),
          ]);
        }
        say(`${approvals} more, ${AT_ONCE} at a time …`);
        const before = receiver.requests.length;
        const ids: string[] = [];
        for (let nth = 0; nth < approvals; nth++) {
          ids.push(await plantSuggestion(system.database, `one of many ${nth}`));
        }
        const startedAt = performance.now();
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            for (let id = ids.pop(); id; id = ids.pop()) await approve(system, id, connectionId);
          }),
        );
        await receiver.waitFor(before + approvals);
        const perSecond = approvals / ((performance.now() - startedAt) / 1_000);
        const findings: Finding[] = [
          {
            what: 'approval to provider call, p95',
            measured: percentile(latencies, 95),
            unit: 'ms',
            goal: { atMost: 60 },
            note: `p50 ${inMs(percentile(latencies, 50))} of ${latencies.length}; ${AT_ONCE} at a time: ${Math.round(perSecond)} a second`,
          },
        ];
        return { findings, plots: [] };
      });
    } finally {
      await receiver.stop();
    }
  },
};

async function connect(
  { client }: RunningSystem,
  { url, secret }: WebhookReceiver,
): Promise<string> {
  const body = { provider: 'webhook', name: 'bench', settings: { url, secret } };
  return (await unwrap(client.integrations.POST('/v1/connections', { body }))).id;
}

async function approve({ client }: RunningSystem, id: string, connectionId: string): Promise<void> {
  const params = { path: { id } };
  await unwrap(
    client.agent.POST('/v1/suggestions/{id}/approve', { params, body: { connectionId } }),
  );
}
