import { embeddedBus } from '@parley/bus';
import { makeEvent, type Envelope } from '@parley/contracts';
import { RunningFeeds } from '../testing/running-feeds';

interface Page {
  items: { cursor: number; type: string; data: { text?: string } }[];
  nextCursor: string | null;
}

// Real: the service, its database and the embedded bus.
describe('a timeline that is read in pages', () => {
  let running: RunningFeeds;
  const told: Envelope<'timeline.added'>[] = [];
  const read = async (meetingId: string, query = ''): Promise<{ status: number; body: Page }> => {
    const answer = await fetch(`${running.url}/v1/meetings/${meetingId}/timeline${query}`);
    return { status: answer.status, body: (await answer.json()) as Page };
  };

  beforeAll(async () => {
    running = await RunningFeeds.start();
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['timeline'],
      types: ['timeline.added'],
      handler: (event) => {
        told.push(event as Envelope<'timeline.added'>);
        return Promise.resolve();
      },
    });
  });
  afterAll(() => running.stop());

  it('comes oldest first, and goes on after the cursor that was seen last', async () => {
    const meetingId = await running.newMeeting();
    for (const ordinal of [0, 1, 2]) await running.store(meetingId, ordinal, `line ${ordinal}`);
    const first = await read(meetingId, '?limit=2');
    expect(first.body.items.map(({ data }) => data.text)).toEqual(['line 0', 'line 1']);
    const rest = await read(meetingId, `?cursor=${first.body.nextCursor}`);
    expect(rest.body).toMatchObject({ items: [{ cursor: 3, type: 'segment.final' }] });
    expect(rest.body.nextCursor).toBeNull();
    expect((await read(meetingId, '?cursor=x')).status).toBe(400);
  });

  it('tells others of each entry once, by its number and kind alone', async () => {
    const meetingId = await running.newMeeting();
    await running.say(meetingId, 0, 'the blue heron');
    const mine = told.filter((event) => event.meetingId === meetingId);
    expect(mine.map(({ data }) => data)).toEqual([{ cursor: 1, kind: 'segment.final' }]);
    expect(JSON.stringify(mine)).not.toContain('heron');
  });

  it('tells nobody of a meeting that was never on the record', async () => {
    const made = await fetch(`${running.url}/v1/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Quiet', privacyMode: 'off-the-record' }),
    });
    const { id: meetingId } = (await made.json()) as { id: string };
    const ended = { endedAt: new Date().toISOString(), channels: [] };
    await embeddedBus()?.bus.publish(makeEvent('meeting.ended', ended, { meetingId }));
    expect(told.filter((event) => event.meetingId === meetingId)).toEqual([]);
  });
});
