import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { unwrap, type ParleyClient } from '@parley/client';
import { reachSystem } from '../launch/reach-system';
import { StartError } from '../launch/start-error';
import { exitWith } from '../terminal/explain';
import { harmless } from '../terminal/style';

const USAGE = `Usage:
  npm run dead-letters                        what services gave up on, and why
  npm run dead-letters -- replay <id>|all     hands one, or all, back to the services that gave up
  npm run dead-letters -- discard <id>        throws one away`;

async function main(): Promise<void> {
  const [action = 'list', id, ...more] = parseArgs({ allowPositionals: true }).positionals;
  const needsId = action === 'replay' || action === 'discard';
  if (more.length > 0 || needsId !== (id !== undefined) || (!needsId && action !== 'list')) {
    throw new StartError(USAGE);
  }
  const client = await reachSystem();
  if (!client) throw new StartError('Parley is not running here. Start it with npm start.');
  if (id === undefined) await list(client);
  else if (action === 'discard') await discard(client, id);
  else if (id === 'all') await replayAll(client);
  else await replay(client, id);
}

async function list(client: ParleyClient): Promise<void> {
  const { items, nextCursor } = await unwrap(
    client.integrations.GET('/v1/dead-letters', { params: { query: { limit: 200 } } }),
  );
  if (items.length === 0) console.log('There are no dead letters.');
  for (const { id, service, type = 'no event', diedAt, deliveries, reason } of items) {
    console.log(`${id}  ${diedAt}  ${harmless(service)} gave up on ${harmless(type)}`);
    console.log(`    after ${deliveries} deliveries: ${harmless(reason)}`);
  }
  if (nextCursor !== null) console.log('There are more, older ones.');
}

async function replay(client: ParleyClient, letter: string): Promise<void> {
  const { service } = await unwrap(
    client.integrations.POST('/v1/dead-letters/{letter}/replay', { params: { path: { letter } } }),
  );
  console.log(`Handed back to ${harmless(service)}. Should it fail again, it comes back here.`);
}

async function replayAll(client: ParleyClient): Promise<void> {
  let total = 0;
  for (;;) {
    const { replayed } = await unwrap(
      client.integrations.POST('/v1/dead-letters/replay', { body: {} }),
    );
    total += replayed;
    // A thousand at a time; what dies again meanwhile must not keep this going for ever.
    if (replayed < 1_000) break;
  }
  console.log(`Handed back: ${total}. What fails again comes back here.`);
}

async function discard(client: ParleyClient, letter: string): Promise<void> {
  await unwrap(
    client.integrations.DELETE('/v1/dead-letters/{letter}', { params: { path: { letter } } }),
  );
  console.log('Thrown away.');
}

main().catch(exitWith);
