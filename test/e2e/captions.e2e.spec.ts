import { unwrap, type TimelineEntry } from '@parley/client';
import { toVtt, type Cue } from '@parley/contracts';
import { MeetingPlayer } from '../../apps/standalone/src/meeting/meeting-player';
import { startParley, type RunningParley } from './running-parley';

const MINUTES = 60_000;
const CUES: Cue[] = [
  ['Laura', 'Good morning. We want to agree on the release date today.'],
  ['Daniel', 'I propose that we release on the twelfth of March.'],
  ['Laura', 'Agreed. We decided to release on the twelfth of March.'],
  ['Daniel', 'Emma will send the contract to the customer by Friday.'],
  ['Laura', 'How long do refunds take at the moment?'],
].map(([speaker = '', text = ''], nth) => {
  const startMs = 1_000 + nth * 4_000;
  return { speaker, text, startMs, endMs: startMs + 3_000 };
});

// Real: the built system in a process of its own, its database, models and HTTP. Every answer is compared with the
// committed document of its service. Nothing is faked.
describe('a meeting that others have heard', () => {
  let parley: RunningParley;
  let meetingId: string;
  const timeline: TimelineEntry[] = [];
  const path = () => ({ params: { path: { id: meetingId } } });

  beforeAll(async () => {
    parley = await startParley();
    const body = {
      title: 'Release',
      participants: [{ name: 'Laura' }],
      startedAt: '2026-03-02T09:00:00Z',
    };
    ({ id: meetingId } = await unwrap(parley.client.ingestion.POST('/v1/meetings', { body })));
    const player = new MeetingPlayer(parley.client, meetingId, AbortSignal.timeout(MINUTES));
    await player.import(toVtt(CUES), (entry) => timeline.push(entry));
  }, 3 * MINUTES);

  afterAll(async () => {
    await parley.stop();
  }, MINUTES);

  it('is read back word for word, with who said what and when', async () => {
    const exported = await parley.client.ingestion.GET('/v1/meetings/{id}/export', {
      params: { ...path().params, query: { format: 'vtt' } },
      parseAs: 'text',
    });
    const cues = (exported.data as string).split('\n\n').filter((block) => block.includes('-->'));
    expect(`WEBVTT\n\n${cues.join('\n\n').trim()}`).toBe(toVtt(CUES).trim());
  });

  it('stands on the timeline, each line once', () => {
    const lines = timeline.flatMap((entry) => (entry.type === 'segment.final' ? [entry.data] : []));
    expect(lines.map(({ text }) => text).sort()).toEqual(CUES.map(({ text }) => text).sort());
    expect(new Set(lines.map(({ engine }) => engine))).toEqual(new Set(['captions']));
  });

  it('is understood: its decision, its task with who and when, and its question', async () => {
    const { sections } = await unwrap(parley.client.agent.GET('/v1/meetings/{id}/summary', path()));
    expect(sections.decisions.map(({ text }) => text).join()).toContain('twelfth of March');
    expect(sections.tasks[0]).toMatchObject({ owner: 'Emma', dueDate: '2026-03-06' });
    expect(sections.openQuestions.map(({ text }) => text).join()).toContain('refunds');
    const cited = sections.decisions.flatMap(({ citations }) => citations.map(({ id }) => id));
    expect(cited).toContain(`${meetingId}:captions:2`);
  });

  it('leads to suggestions that a person can decide on', async () => {
    const query = { meetingId, status: 'pending' as const };
    const { items } = await unwrap(
      parley.client.agent.GET('/v1/suggestions', { params: { query } }),
    );
    expect(items.map(({ kind }) => kind)).toContain('task');
  });

  it('claims no audio', async () => {
    const coverage = await unwrap(
      parley.client.ingestion.GET('/v1/meetings/{id}/coverage', path()),
    );
    expect(coverage).toMatchObject({ totalMs: 0, lostMs: 0, spans: [] });
  });

  it('kept to the documents of its services', () => {
    expect(parley.contract.violations).toEqual([]);
  });
});
