import { makeEvent, newId, type SearchHit, type Suggestion, type Summary } from '@parley/contracts';
import type { Page } from '@parley/service';
import { problem } from '@parley/testing';
import { RunningAgent } from './testing/running-agent';
import { SpokenMeeting } from './testing/spoken-meeting';
import { SuggestionsRepository } from './suggestions/suggestions.repository';
import { SummaryService } from './summary/summary.service';

const refunds: SearchHit = {
  chunkId: 'c1',
  documentId: 'd1',
  text: 'The refund window for annual plans is 30 days. Monthly plans are not refunded.',
  score: 0.86,
  scores: { fused: 0.03 },
  citation: {
    type: 'chunk',
    id: 'c1',
    quote: 'The refund window for annual plans is 30 days.',
    source: 'Billing policy',
  },
};
const ASKED = 'What is the refund window for annual plans?';
const PROMISED = 'Emma will send the pricing page to the design team.';

// Real: the whole service, embedded Postgres, the embedded bus. Fake: rag and integrations, over HTTP.
describe('agent', () => {
  let parley: RunningAgent;
  let meeting: SpokenMeeting;

  beforeAll(async () => {
    parley = await RunningAgent.start();
  });
  afterAll(() => parley.stop());

  beforeEach(async () => {
    meeting = new SpokenMeeting();
    parley.rag.on('POST /v1/search', () => ({ status: 200, body: { items: [refunds] } }));
    await parley.publish(meeting.started());
  });

  const suggestions = async (query = ''): Promise<Page<Suggestion>> => {
    const path = `/v1/suggestions?meetingId=${meeting.id}${query}`;
    const { status, body } = await parley.call<Page<Suggestion>>('GET', path);
    expect(status).toBe(200);
    return body;
  };
  const told = async (count: number): Promise<Suggestion[]> =>
    (await parley.hear('suggestion.created', meeting.id, count)).map(({ data }) => data.suggestion);

  it('answers a question with a passage, and cites the passage and the question', async () => {
    await parley.publish(meeting.says(ASKED, { intent: 'question' }));
    const [fact] = await told(1);

    expect(fact).toMatchObject({
      meetingId: meeting.id,
      kind: 'fact',
      text: refunds.citation.quote,
      status: 'pending',
      degraded: false,
      citations: [refunds.citation, { type: 'segment', quote: ASKED }],
    });
    expect(parley.rag.asked.at(-1)?.body).toMatchObject({ query: ASKED });
    const { body } = await parley.call('GET', `/v1/suggestions/${fact?.id}`);
    expect(body).toEqual(fact);
  });

  it('offers a passage on a topic only when it is close', async () => {
    const said = (topic: string) => meeting.says(`Back to ${topic}.`, { topics: [topic] });
    await parley.publish(said('annual plans'));
    expect((await told(1))[0]?.arguments).toMatchObject({ topic: 'annual plans' });

    const distant = { ...refunds, score: 0.6, citation: { ...refunds.citation, quote: 'Far.' } };
    parley.rag.on('POST /v1/search', () => ({ status: 200, body: { items: [distant] } }));
    await parley.publish(said('monthly plans'));
    expect((await suggestions()).items).toHaveLength(1);
  });

  it('says nothing when rag is down, neither that it knows nor that nobody does', async () => {
    parley.rag.on('POST /v1/search', () => problem('unavailable', 'starting'));
    await parley.publish(meeting.says(ASKED, { intent: 'question' }));
    expect((await suggestions()).items).toEqual([]);
  });

  it('proposes nothing in the words of a meeting whose words may not be kept any more', async () => {
    const reducedAt = new Date().toISOString();
    await parley.publish(makeEvent('meeting.reduced', { reducedAt }, { meetingId: meeting.id }));
    await parley.publish(
      meeting.says("I'll email the customer about the secret discount.", { intent: 'task' }),
      meeting.says(ASKED, { intent: 'question' }),
    );
    expect((await suggestions()).items).toEqual([]);
    expect(parley.of('suggestion.created', meeting.id)).toEqual([]);
  });

  it('proposes nothing twice, whether an event or a person repeats it', async () => {
    const promise = meeting.says(PROMISED, { intent: 'task' });
    await Promise.all([parley.publish(promise), parley.publish(promise)]);
    await parley.publish(promise, meeting.says(PROMISED, { intent: 'task' }));
    await parley.publish(meeting.says('I will book the flights.', { intent: 'task' }));

    const titles = (await suggestions()).items.map(({ arguments: { title } }) => title);
    expect(titles).toEqual(['Send the pricing page to the design team', 'Book the flights']);
    expect(await told(2)).toHaveLength(2);
  });

  it('proposes nothing more when a line comes again and rag has learned something since', async () => {
    parley.rag.on('POST /v1/search', () => ({ status: 200, body: { items: [] } }));
    const asked = meeting.says(ASKED, { intent: 'question' });
    await parley.publish(asked);
    const before = (await suggestions()).items;
    parley.rag.on('POST /v1/search', () => ({ status: 200, body: { items: [refunds] } }));
    await parley.publish(asked);
    expect((await suggestions()).items).toEqual(before);
  });

  it('proposes nothing from an older revision of a line that comes after a newer one', async () => {
    const first = meeting.says('We talked about the weather.');
    const { segment, insight } = first.data;
    const promise = meeting.says(PROMISED, { intent: 'task' });
    const stale = { ...promise.data.segment, id: segment.id, startMs: segment.startMs };
    await parley.publish({ ...first, data: { segment: { ...segment, revision: 1 }, insight } });
    await parley.publish({ ...promise, data: { ...promise.data, segment: stale } });
    expect((await suggestions()).items).toEqual([]);
  });

  it('lists by state, page by page', async () => {
    await parley.publish(meeting.says(PROMISED, { intent: 'task' }));
    await parley.publish(meeting.says(ASKED, { intent: 'question' }));
    const first = await suggestions('&limit=1&status=pending');
    const second = await suggestions(`&limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ kind }) => kind)).toEqual(['task', 'fact']);
    expect(second.nextCursor).toBeNull();
    expect((await suggestions('&status=rejected')).items).toEqual([]);
    expect((await parley.call('GET', '/v1/suggestions?status=perhaps')).status).toBe(400);
  });

  describe('the summary', () => {
    const summary = () => parley.call<Summary>('GET', `/v1/meetings/${meeting.id}/summary`);

    it('is not there before anything was summed up', async () => {
      expect((await summary()).status).toBe(404);
    });

    it('waits for the end, every channel and every line, in whatever order they come', async () => {
      const promise = meeting.says(PROMISED, { intent: 'task' });
      const decision = meeting.says('Then let us go with Tuesday.', { intent: 'decision' });
      await parley.publish(meeting.completed());
      await parley.publish(decision);
      await parley.publish(meeting.ended());
      expect((await summary()).status).toBe(404);

      await parley.publish(promise);
      const [event] = await parley.hear('summary.updated', meeting.id);
      const { body } = await summary();
      expect(body).toMatchObject({
        version: 1,
        status: 'final',
        engine: 'extractive-1',
        degraded: true,
        sections: {
          objectives: [],
          decisions: [{ text: 'Then let us go with Tuesday.', supported: true }],
          tasks: [{ text: 'Send the pricing page to the design team', owner: 'Emma' }],
          openQuestions: [],
        },
      });
      expect(event?.data.summary).toEqual(body);

      await parley.publish(promise, meeting.ended());
      expect((await summary()).body.version).toBe(1);
    });

    it('does not call a question open that a document answered', async () => {
      await parley.publish(meeting.says(ASKED, { intent: 'question' }));
      await parley.publish(meeting.completed(), meeting.ended());
      await parley.hear('summary.updated', meeting.id);
      expect((await summary()).body.sections.openQuestions).toEqual([]);
    });

    it('rolls on every ten lines', async () => {
      for (let spoken = 0; spoken < 10; spoken++) {
        await parley.publish(meeting.says(`Line number ${spoken} is about the launch date.`));
      }
      const [event] = await parley.hear('summary.updated', meeting.id);
      expect(event?.data.summary).toMatchObject({ version: 1, status: 'rolling' });
    });

    it('stays the final one when another replica was still at a rolling one', async () => {
      const lines = Array.from({ length: 10 }, (_, n) => meeting.says(`Point ${n} is clear.`));
      const suggestions = parley.get(SuggestionsRepository);
      const ofMeeting = suggestions.ofMeeting.bind(suggestions);
      // While it is composed here, the other one has finished.
      const composing = jest.spyOn(suggestions, 'ofMeeting').mockImplementationOnce(async (id) => {
        await parley.sql(
          `UPDATE agent.meetings SET summarised_at = now(), summarised_lines = 10 WHERE id = $1`,
          [id],
        );
        return ofMeeting(id);
      });
      for (const line of lines) await parley.publish(line);
      expect(composing).toHaveBeenCalled();
      expect((await summary()).status).toBe(404);
    });

    it('is written with what is there when the rest does not come, and again when it does', async () => {
      const late = meeting.says(PROMISED, { intent: 'task' });
      await parley.publish(meeting.says('Our goal today is to find a launch date.'));
      await parley.publish(meeting.ended(), meeting.completed());
      await parley.sql(
        `UPDATE agent.meetings SET ended_at = now() - interval '1 minute' WHERE id = $1`,
        [meeting.id],
      );
      await parley.get(SummaryService).finishOverdue();
      expect((await summary()).status).toBe(404);

      await parley.sql(`UPDATE agent.lines SET saved_at = now() - interval '1 minute'`);
      await parley.get(SummaryService).finishOverdue();
      expect((await summary()).body).toMatchObject({
        version: 1,
        status: 'final',
        awaitedChannels: ['main'],
        sections: { tasks: [] },
      });

      await parley.publish(late);
      const { body } = await summary();
      expect(body).toMatchObject({
        version: 2,
        status: 'final',
        sections: { tasks: [{ owner: 'Emma' }] },
      });
      expect(body).not.toHaveProperty('awaitedChannels');
    });

    it('says that nothing more is awaited once that is known, be there another line or not', async () => {
      await parley.publish(meeting.says('Our goal today is to find a launch date.'));
      await parley.publish(meeting.ended());
      await parley.sql(
        `UPDATE agent.meetings SET ended_at = now() - interval '1 minute' WHERE id = $1`,
        [meeting.id],
      );
      await parley.sql(`UPDATE agent.lines SET saved_at = now() - interval '1 minute'`);
      await parley.get(SummaryService).finishOverdue();
      expect((await summary()).body.awaitedChannels).toEqual(['main']);

      await parley.publish(meeting.completed());
      const { body } = await summary();
      expect(body).toMatchObject({ version: 2, status: 'final' });
      expect(body).not.toHaveProperty('awaitedChannels');
      await parley.publish(meeting.completed());
      expect((await summary()).body).toEqual(body);
    });

    it('has no new version when the whole meeting is sent again in another order', async () => {
      const lines = Array.from({ length: 12 }, (_, n) => meeting.says(`Point ${n} is clear.`));
      const day = [meeting.started(), ...lines, meeting.completed(), meeting.ended()];
      for (const event of day) await parley.publish(event);
      const final = (await summary()).body;
      expect(final.status).toBe('final');
      for (const event of [...day].reverse()) await parley.publish(event);
      expect((await summary()).body).toEqual(final);
    });

    it('of a meeting in which nobody spoke is empty', async () => {
      await parley.publish(meeting.ended([]));
      await parley.hear('summary.updated', meeting.id);
      expect(Object.values((await summary()).body.sections).flat()).toEqual([]);
    });
  });

  it('knows no suggestion that is not there', async () => {
    expect((await parley.call('GET', `/v1/suggestions/${newId()}`)).status).toBe(404);
    expect((await parley.call('GET', '/v1/suggestions/nonsense')).status).toBe(404);
    expect((await parley.call('POST', `/v1/suggestions/${newId()}/approve`, {})).status).toBe(404);
    expect((await parley.call('GET', `/v1/actions/${newId()}`)).status).toBe(404);
  });
});
