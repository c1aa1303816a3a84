import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { unwrap, type Delivery, type ParleyClient } from '@parley/client';
import { reachSystem } from '../launch/reach-system';
import { StartError } from '../launch/start-error';
import { exitWith } from '../terminal/explain';
import { harmless } from '../terminal/style';

const USAGE = 'Usage: npm run approve -- <suggestion id> [--connection <id>]';
const PATIENCE_MS = 30_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { connection: { type: 'string' } },
  });
  const [id] = positionals;
  if (!id) throw new StartError(USAGE);
  const client = await reachSystem();
  if (!client) throw new StartError('Parley is not running here. Start it with npm start.');

  const { suggestion, action } = await unwrap(
    client.agent.POST('/v1/suggestions/{id}/approve', {
      params: { path: { id } },
      body: values.connection ? { connectionId: values.connection } : {},
    }),
  );
  console.log(`Approved ${suggestion.kind}: ${harmless(suggestion.text)}`);
  const delivery = await deliveryOf(client, suggestion.meetingId, action.id);
  const where = delivery.url ?? delivery.externalId ?? delivery.provider;
  console.log(`Delivery ${delivery.status} through ${delivery.tool}: ${harmless(where)}`);
  if (delivery.status !== 'succeeded') process.exitCode = 1;
}

/** Waits until the delivery is over, one way or the other. */
async function deliveryOf(
  client: ParleyClient,
  meetingId: string,
  actionId: string,
): Promise<Delivery> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const { items } = await unwrap(
      client.integrations.GET('/v1/deliveries', { params: { query: { meetingId, limit: 200 } } }),
    );
    const delivery = items.find((one) => one.actionId === actionId);
    if (delivery && !['planned', 'sending'].includes(delivery.status)) return delivery;
    await wait(200);
  }
  throw new StartError(
    'Approved, but not delivered within 30 s. It stays planned: see GET /v1/deliveries on 8006.',
  );
}

main().catch(exitWith);
