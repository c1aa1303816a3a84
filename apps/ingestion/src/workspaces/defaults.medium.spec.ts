import { unwrap, type CreateMeeting } from '@parley/client';
import { RunningFeeds } from '../testing/running-feeds';

// Real: the service, its database and the embedded bus.
describe('what a workspace wants of its meetings', () => {
  let running: RunningFeeds;
  const make = (more: Partial<CreateMeeting> = {}) =>
    unwrap(running.client.ingestion.POST('/v1/meetings', { body: { title: 'Review', ...more } }));
  interface Change {
    privacyMode?: 'transcript' | 'notes-only';
    vocabulary?: string[];
  }
  const change = (body: Change) =>
    unwrap(running.client.ingestion.PATCH('/v1/workspaces/current', { body }));

  beforeAll(async () => {
    running = await RunningFeeds.start();
  });
  afterAll(() => running.stop());

  it('is nothing special at first', async () => {
    expect(await make()).toMatchObject({ privacyMode: 'transcript', vocabulary: [] });
  });

  it('holds for meetings that do not say so themselves', async () => {
    await change({ privacyMode: 'notes-only' });
    expect((await make()).privacyMode).toBe('notes-only');
    expect((await make({ privacyMode: 'transcript' })).privacyMode).toBe('transcript');
    await change({ privacyMode: 'transcript' });
  });

  it('are words that each meeting expects beside its own, each once', async () => {
    const kept = await change({ vocabulary: [' Northwind', 'Keycloak', 'northwind'] });
    expect(kept.vocabulary).toEqual(['Northwind', 'Keycloak']);
    expect((await make({ vocabulary: ['Sentry', 'keycloak'] })).vocabulary).toEqual([
      'Sentry',
      'keycloak',
      'Northwind',
    ]);
    await expect(
      change({ vocabulary: Array.from({ length: 201 }, (_, index) => `word ${index}`) }),
    ).rejects.toMatchObject({ code: 'validation-failed' });
    await change({ vocabulary: [] });
  });

  it('leaves a meeting its own words, which can be changed while it runs', async () => {
    const { id } = await make({ vocabulary: ['Sentry'] });
    const params = { path: { id } };
    const changed = await unwrap(
      running.client.ingestion.PATCH('/v1/meetings/{id}', {
        params,
        body: { vocabulary: ['Keycloak', 'keycloak '] },
      }),
    );
    expect(changed).toMatchObject({ title: 'Review', vocabulary: ['Keycloak'] });
  });

  it('says how long meetings are kept, and that there is no place for audio', async () => {
    expect(await unwrap(running.client.ingestion.GET('/v1/retention'))).toEqual({
      meetingDays: 30,
      recordingDays: null,
    });
  });
});
