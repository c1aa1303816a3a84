import { embeddedBus } from '@parley/bus';
import { makeEvent, newId, type Insight, type Segment, type Summary } from '@parley/contracts';
import { RunningFeeds } from '../testing/running-feeds';
import { segmentOf } from '../testing/segment-of';
import type { Trends } from './trends.dto';

const PERIOD = 'from=2026-01-05&to=2026-01-18';

// Real: the service, its database and the embedded bus.
describe('how meetings went over time', () => {
  let running: RunningFeeds;
  const read = async (query: string) => {
    const answer = await fetch(`${running.url}/v1/trends?${query}`);
    return { status: answer.status, body: (await answer.json()) as Trends };
  };
  const hold = async (title: string, startedAt: string): Promise<string> => {
    const answer = await fetch(`${running.url}/v1/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title, startedAt }),
    });
    return ((await answer.json()) as { id: string }).id;
  };
  const say = async (meetingId: string, ordinal: number, said: Partial<Segment>) => {
    const segment = { ...segmentOf(meetingId, ordinal), ...said };
    await embeddedBus()?.bus.publish(makeEvent('transcript.final', { segment }, { meetingId }));
    return segment;
  };
  const understand = async (segment: Segment, intent: Insight['intent']) => {
    const insight: Insight = {
      ...{ id: newId(), meetingId: segment.meetingId, segmentId: segment.id, intent },
      ...{ confidence: 1, entities: [], topics: [], engine: 'test', degraded: false },
      sentiment: { label: 'neutral', score: 0 },
    };
    const about = { meetingId: segment.meetingId };
    await embeddedBus()?.bus.publish(makeEvent('insight.created', { insight, segment }, about));
  };
  const sumUp = async (meetingId: string, version: number, tasks: number) => {
    const line = { id: 'l', text: 'x', citations: [], supported: true };
    const summary: Summary = {
      ...{ meetingId, version, status: 'rolling', engine: 'test', degraded: false },
      sections: {
        ...{ objectives: [], keyPoints: [], openQuestions: [], decisions: [line] },
        tasks: Array.from({ length: tasks }, () => line),
      },
    };
    const data = { version, summary };
    await embeddedBus()?.bus.publish(makeEvent('summary.updated', data, { meetingId }));
  };

  beforeAll(async () => {
    running = await RunningFeeds.start();
    const first = await hold('First', '2026-01-06T09:00:00Z');
    const anna = { id: 's1', name: 'Anna' };
    await say(first, 0, { speaker: anna, startMs: 0, endMs: 4_000 });
    const line = await say(first, 1, { speaker: anna, startMs: 5_000, endMs: 6_000 });
    // It was somebody else's, and no question after all.
    const other = { id: 's2', name: 'Ben' };
    await say(first, 1, { speaker: other, startMs: 5_000, endMs: 6_000, revision: 1 });
    await understand(line, 'question');
    await understand(line, 'statement');
    const question = await say(first, 2, { startMs: 7_000, endMs: 7_500 });
    await understand(question, 'question');
    await sumUp(first, 2, 2);
    await sumUp(first, 1, 9);
    // Sunday night in Berlin, and Monday morning in Auckland.
    const second = await hold('Second', '2026-01-11T20:00:00Z');
    await say(second, 0, { speaker: anna, startMs: 0, endMs: 2_000 });
    await hold('Long ago', '2025-06-01T09:00:00Z');
  });
  afterAll(() => running.stop());

  it('counts each line by its latest revision, and the newest summary', async () => {
    const { body } = await read(PERIOD);
    expect(body.weeks).toEqual([
      {
        ...{ week: '2026-01-05', meetings: 2, spokenMs: 7_500 },
        ...{ questions: 1, decisions: 1, tasks: 2 },
      },
      {
        ...{ week: '2026-01-12', meetings: 0, spokenMs: 0 },
        ...{ questions: 0, decisions: 0, tasks: 0 },
      },
    ]);
    expect(body.speakers).toEqual([
      { name: 'Anna', spokenMs: 6_000, meetings: 2 },
      { name: 'Ben', spokenMs: 1_000, meetings: 1 },
      { name: null, spokenMs: 500, meetings: 1 },
    ]);
    expect(body.meetings.map(({ title, spokenMs }) => [title, spokenMs])).toEqual([
      ['Second', 2_000],
      ['First', 5_500],
    ]);
    expect(body.leftOut).toBe(0);
  });

  it('begins days and weeks where the reader is', async () => {
    const { body } = await read(`${PERIOD}&timeZone=Pacific/Auckland`);
    expect(body.weeks.map(({ meetings }) => meetings)).toEqual([1, 1]);
  });

  it('shows the twelve weeks up to now to who asks for no others', async () => {
    const { body } = await read('');
    expect(body.weeks).toHaveLength(12);
    expect(body.meetings).toEqual([]);
  });

  it.each([
    'from=2026-02-01&to=2026-01-01',
    'from=2024-01-01&to=2026-01-01',
    'timeZone=Nowhere',
    'timeZone=%2B01:00',
    'from=0000-01-01&to=0000-01-02',
    'from=2026-02-30',
    'to=2026-W01-1',
  ])('refuses %s', async (query) => {
    expect((await read(query)).status).toBe(400);
  });
});
