import { embeddedBus } from '@parley/bus';
import { unwrap } from '@parley/client';
import type { Envelope } from '@parley/contracts';
import { RunningFeeds } from '../testing/running-feeds';

// Real: the service, its database and the embedded bus.
describe('taking personal data out of what is said', () => {
  let running: RunningFeeds;
  const told = new Map<string, boolean | undefined>();
  const namesTold = new Map<string, boolean | undefined>();
  const make = async (redactPersonalData?: boolean) => {
    const more = redactPersonalData === undefined ? {} : { redactPersonalData };
    const body = { title: 'Review', ...more };
    return unwrap(running.client.ingestion.POST('/v1/meetings', { body }));
  };
  const change = (redactPersonalData: boolean) =>
    unwrap(
      running.client.ingestion.PATCH('/v1/workspaces/current', { body: { redactPersonalData } }),
    );

  beforeAll(async () => {
    running = await RunningFeeds.start();
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['meeting'],
      types: ['meeting.started'],
      handler: (event) => {
        const { meetingId = '', data } = event as Envelope<'meeting.started'>;
        told.set(meetingId, data.redactPersonalData);
        namesTold.set(meetingId, data.redactNames);
        return Promise.resolve();
      },
    });
  });
  afterAll(() => running.stop());

  it('is off, until a meeting asks for it', async () => {
    expect((await make()).redactPersonalData).toBe(false);
    const asked = await make(true);
    expect(asked.redactPersonalData).toBe(true);
    expect(told.get(asked.id)).toBe(true);
  });

  it('holds in every meeting of a workspace that wants it, and no meeting can leave it out', async () => {
    expect(await change(true)).toMatchObject({ id: 'default', redactPersonalData: true });
    expect((await make()).redactPersonalData).toBe(true);
    expect((await make(false)).redactPersonalData).toBe(true);
    await change(false);
    expect((await make()).redactPersonalData).toBe(false);
  });

  it('is asked for names apart, in a meeting or in all of a workspace', async () => {
    const { client } = running;
    const begun = (more: { redactNames?: boolean }) =>
      unwrap(client.ingestion.POST('/v1/meetings', { body: { title: 'Review', ...more } }));
    const wanted = (redactNames: boolean) =>
      unwrap(client.ingestion.PATCH('/v1/workspaces/current', { body: { redactNames } }));
    expect(await begun({})).toMatchObject({ redactNames: false });
    const asked = await begun({ redactNames: true });
    expect(asked).toMatchObject({ redactNames: true, redactPersonalData: false });
    expect(namesTold.get(asked.id)).toBe(true);
    expect(await wanted(true)).toMatchObject({ redactNames: true, redactPersonalData: false });
    expect(await begun({ redactNames: false })).toMatchObject({ redactNames: true });
    await wanted(false);
    expect(await begun({})).toMatchObject({ redactNames: false });
  });

  it('stays on when the workspace is changed in another way at the same time', async () => {
    const rename = (name: string) =>
      unwrap(running.client.ingestion.PATCH('/v1/workspaces/current', { body: { name } }));
    for (let round = 0; round < 20; round += 1) {
      await change(false);
      await Promise.all([rename(`Round ${round}`), change(true), rename(`Again ${round}`)]);
      expect((await make()).redactPersonalData).toBe(true);
    }
    await change(false);
  });
});
