import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@parley/service';
import { slug } from '../providers/file/slug';
import { nativeRequire } from '../testing/native-require';
import { approved, RunningIntegrations } from '../testing/running-integrations';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

// Real: the whole service, embedded Postgres, the embedded bus, an HTTP receiver on loopback. Nothing is fake.
describe('a delivery whose worker died while sending', () => {
  let parley: RunningIntegrations;
  let webhook: string;

  beforeAll(async () => {
    parley = await RunningIntegrations.start();
    webhook = await parley.connectReceiver();
  });
  afterAll(() => parley.stop());

  const received = (actionId: string) =>
    parley.receiver.requests.filter(({ id }) => id === `act_${actionId}`);

  const dieWhileSending = (actionId: string, triesLeft = 2) =>
    parley.sql(
      `UPDATE integrations.deliveries SET status = 'sending', lease_owner = 'dead', sends = 1,
         lease_until = now() - interval '1 second', sending_since = now(), tries_left = $2
       WHERE action_id = $1`,
      [actionId, triesLeft],
    );

  const linesOf = async (connection: string): Promise<string[]> => {
    const { body } = await parley.call<Page<{ id: string; name: string }>>(
      'GET',
      '/v1/connections',
    );
    const name = body.items.find(({ id }) => id === connection)?.name ?? '';
    const path = join(parley.dataDir, 'deliveries', `${slug(name)}.jsonl`);
    return readFileSync(path, 'utf8').trimEnd().split('\n');
  };

  it('after the line was in the file is found there and not written twice', async () => {
    const connection = await parley.connect('file');
    const event = approved(connection, { provider: 'file', tool: 'file.append' });
    await parley.publish(event);
    await parley.outcomeOf(event);
    await dieWhileSending(event.data.actionId);

    const { status, attempts } = await parley.outcomeOf(event, 2);
    expect(status).toBe('succeeded');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['succeeded', 'uncertain', 'succeeded']);
    const lines = await linesOf(connection);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      actionId: event.data.actionId,
      arguments: event.data.arguments,
    });
  });

  it('to a webhook is sent again under the same id', async () => {
    const event = approved(webhook);
    await parley.publish(event);
    await parley.outcomeOf(event);
    await dieWhileSending(event.data.actionId);

    expect(await parley.outcomeOf(event, 2)).toMatchObject({ status: 'succeeded' });
    expect(received(event.data.actionId)).toHaveLength(2);
  });

  it('once too often is left to a person', async () => {
    const event = approved(webhook);
    await parley.publish(event);
    await parley.outcomeOf(event);
    await dieWhileSending(event.data.actionId, 0);

    expect(await parley.outcomeOf(event, 2)).toMatchObject({ status: 'uncertain' });
    expect(received(event.data.actionId)).toHaveLength(1);
  });
});
