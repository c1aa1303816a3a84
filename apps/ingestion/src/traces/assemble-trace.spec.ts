import { segmentId, type MeetingId } from '@parley/contracts';
import { segmentOf } from '../testing/segment-of';
import { assembleTrace } from './assemble-trace';
import type { TracedEntry } from './traces.repository';

const MEETING = '01900000-0000-7000-8000-000000000001';
const SEGMENT = segmentId(MEETING as MeetingId, 'main', 0);
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 9, 0, second));
const kept = { addedAt: at(4), traceId: 'a'.repeat(32), times: null };

const spoken: TracedEntry = {
  ...kept,
  type: 'segment.final',
  at: at(3),
  times: { lastWordAt: at(2).toISOString(), firstPartialAt: null },
  data: segmentOf(MEETING, 0),
};
const suggestion = {
  id: 's1',
  meetingId: MEETING,
  kind: 'task' as const,
  text: 'Send the page',
  arguments: {},
  confidence: 0.9,
  reasons: [],
  citations: [{ type: 'segment' as const, id: SEGMENT, quote: 'send it' }],
  status: 'pending' as const,
  engine: 'rules',
  degraded: false,
};

describe('assembleTrace', () => {
  it('says of what was not noted that it was not, and of a partial that there was none', () => {
    const trace = assembleTrace([spoken]);
    expect(trace?.steps.map(({ step, state, at }) => [step, state, at])).toEqual([
      ['first-word', 'not-recorded', null],
      ['first-partial', 'none', null],
      ['last-word', 'done', at(2).toISOString()],
      ['decoded', 'not-recorded', null],
      ['written', 'done', at(3).toISOString()],
      ['shown', 'done', at(4).toISOString()],
    ]);
    expect(trace?.suggestions).toEqual([]);
  });

  it('does not say that there was no partial where nobody noted whether there was', () => {
    const trace = assembleTrace([{ ...spoken, times: null, addedAt: null, traceId: null }]);
    const unknown = trace?.steps.filter(({ state }) => state === 'not-recorded');
    expect(unknown?.map(({ step }) => step)).toEqual([
      'first-word',
      'first-partial',
      'last-word',
      'decoded',
      'shown',
    ]);
    expect(trace?.traceId).toBeNull();
  });

  it('shows the line as it is now, and when it was corrected', () => {
    const corrected: TracedEntry = {
      ...kept,
      type: 'segment.revised',
      at: at(30),
      data: { ...segmentOf(MEETING, 0, 'put right'), revision: 1 },
    };
    const trace = assembleTrace([spoken, corrected]);
    expect(trace?.segment.text).toBe('put right');
    expect(trace?.steps.at(-1)).toMatchObject({ step: 'corrected', at: at(30).toISOString() });
  });

  it('follows a suggestion to each attempt of its delivery, each once', () => {
    const attempt = (second: number, outcome: 'failed' | 'succeeded') => ({
      at: at(second).toISOString(),
      outcome,
      ms: 40,
      status: outcome === 'failed' ? 503 : 200,
    });
    const delivery = {
      id: 'd1',
      actionId: 'a1',
      suggestionId: 's1',
      meetingId: MEETING,
      provider: 'webhook',
      tool: 'post',
      status: 'failed' as const,
      attempts: [attempt(21, 'failed')],
    };
    const trace = assembleTrace([
      spoken,
      { ...kept, type: 'suggestion', at: at(6), data: suggestion },
      {
        ...kept,
        type: 'suggestion.decided',
        at: at(20),
        data: { ...suggestion, status: 'approved', decidedBy: 'Anna' },
      },
      { ...kept, type: 'delivery', at: at(22), data: delivery },
      {
        ...kept,
        type: 'delivery',
        at: at(26),
        data: {
          ...delivery,
          status: 'succeeded',
          attempts: [attempt(21, 'failed'), attempt(25, 'succeeded')],
        },
      },
    ]);
    const [traced] = trace?.suggestions ?? [];
    expect(traced).toMatchObject({ id: 's1', status: 'approved' });
    expect(traced?.steps.map(({ step, outcome, by }) => [step, outcome, by])).toEqual([
      ['proposed', undefined, undefined],
      ['decided', 'approved', 'Anna'],
      ['attempted', 'failed', undefined],
      ['attempted', 'succeeded', undefined],
      ['settled', 'succeeded', undefined],
    ]);
    expect(traced?.steps[2]).toMatchObject({ ms: 40, status: 503, provider: 'webhook' });
  });

  it('knows nothing of a line that is not kept', () => {
    expect(
      assembleTrace([{ ...kept, type: 'suggestion', at: at(6), data: suggestion }]),
    ).toBeNull();
  });
});
