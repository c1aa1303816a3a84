import { embeddedBus } from '@parley/bus';
import { makeEvent, type Suggestion } from '@parley/contracts';
import { RunningFeeds } from '../testing/running-feeds';
import { segmentOf } from '../testing/segment-of';
import type { SegmentTrace } from './segment-trace.view';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

// Real: the service, its database and the embedded bus.
describe('the trace of a line', () => {
  let running: RunningFeeds;
  const read = async (meetingId: string, segment: string) => {
    const path = `/v1/meetings/${meetingId}/traces/${encodeURIComponent(segment)}`;
    const answer = await fetch(`${running.url}${path}`);
    return { status: answer.status, body: (await answer.json()) as SegmentTrace };
  };

  beforeAll(async () => {
    running = await RunningFeeds.start();
  });
  afterAll(() => running.stop());

  it('joins what asr noted, when viewers could see it, and the suggestions that cite it', async () => {
    const meetingId = await running.newMeeting();
    const segment = segmentOf(meetingId, 0, 'Thomas sends it on Friday.');
    const other = segmentOf(meetingId, 1, 'Good.');
    const times = { lastWordAt: '2026-01-01T09:00:00.000Z', firstPartialAt: null };
    const about = { meetingId, traceparent: `00-${TRACE}-b7ad6b7169203331-01` };
    const suggestion: Suggestion = {
      id: '01900000-0000-7000-8000-00000000000a',
      meetingId,
      kind: 'task',
      text: 'Send it',
      arguments: {},
      confidence: 0.9,
      reasons: [],
      citations: [{ type: 'segment', id: segment.id, quote: 'sends it' }],
      status: 'pending',
      engine: 'rules',
      degraded: false,
    };
    const elsewhere = {
      ...suggestion,
      id: '01900000-0000-7000-8000-00000000000b',
      citations: [{ type: 'segment' as const, id: other.id, quote: 'Good' }],
    };
    for (const event of [
      makeEvent('transcript.final', { segment, times }, about),
      makeEvent('transcript.final', { segment: other }, about),
      makeEvent('suggestion.created', { suggestion }, about),
      makeEvent('suggestion.created', { suggestion: elsewhere }, about),
    ]) {
      await embeddedBus()?.bus.publish(event);
    }

    const { status, body } = await read(meetingId, segment.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ segment: { text: segment.text }, traceId: TRACE });
    const steps = Object.fromEntries(body.steps.map(({ step, state, at }) => [step, at ?? state]));
    expect(steps).toMatchObject({
      'first-word': 'not-recorded',
      'first-partial': 'none',
      'last-word': times.lastWordAt,
    });
    expect(Date.parse(steps.shown ?? '')).toBeGreaterThan(0);
    expect(body.suggestions.map(({ id }) => id)).toEqual([suggestion.id]);
  });

  it('is refused for what was never said, and for a meeting that is none', async () => {
    const meetingId = await running.newMeeting();
    const never = segmentOf(meetingId, 7).id;
    expect(await read(meetingId, never)).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/segment-not-found$/) as string },
    });
    expect((await read('01900000-0000-7000-8000-000000000000', never)).status).toBe(404);
  });
});
