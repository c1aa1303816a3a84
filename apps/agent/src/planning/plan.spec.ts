import type { Intent, SearchHit } from '@parley/contracts';
import { planEmail } from './kinds/email.planner';
import { planEvent } from './kinds/event.planner';
import { planFact } from './kinds/fact.planner';
import { planMessage } from './kinds/message.planner';
import { planPage } from './kinds/page.planner';
import { planQuestion } from './kinds/question.planner';
import { planTask } from './kinds/task.planner';
import { context, date, line } from './line.factory';
import { lookupOf } from './lookup';
import { plan } from './plan';

const hit = (score: number): SearchHit => ({
  chunkId: 'c1',
  documentId: 'd1',
  text: 'Annual plans can be refunded within thirty days. Monthly plans cannot.',
  score,
  scores: { fused: score },
  citation: {
    type: 'chunk',
    id: 'c1',
    quote: 'Annual plans can be refunded within thirty days.',
    page: 2,
    source: 'Refund policy',
  },
});

describe('a fact', () => {
  const asked = line('The tests look good. What is the refund window for annual plans?');

  it('answers a question in the words of the document, and cites both', () => {
    expect(planFact(context(asked, { hits: [hit(0.8)] }))).toMatchObject({
      kind: 'fact',
      text: 'Annual plans can be refunded within thirty days.',
      citations: [
        { type: 'chunk', id: 'c1', page: 2 },
        { type: 'segment', quote: 'What is the refund window for annual plans?' },
      ],
    });
  });

  it.each([
    ['the best passage is hardly relevant', asked, [hit(0.1)]],
    ['nothing was found', asked, []],
    ['nobody could look', asked, null],
    ['nobody asked', line('The refund window is generous.'), [hit(0.9)]],
    ['the question is small talk', line('How was your weekend?'), [hit(0.9)]],
  ])('is not claimed when %s', (_, spoken, hits) => {
    expect(planFact(context(spoken, { hits }))).toBeNull();
  });

  it('is given unasked, less surely, on a topic that a document speaks of closely', () => {
    const told = { ...asked, segment: { ...asked.segment, text: 'They bought the Annual plan.' } };
    const insight = { ...told.insight, intent: 'statement' as const, topics: ['annual plan'] };
    const spoken = { ...told, insight };
    expect(planFact(context(spoken, { hits: [hit(0.8)] }))).toMatchObject({
      arguments: { topic: 'annual plan' },
      confidence: 0.8 * 0.7,
      citations: [{ type: 'chunk' }, { type: 'segment', quote: 'They bought the Annual plan.' }],
    });
    expect(planFact(context(spoken, { hits: [hit(0.5)] }))).toBeNull();
  });
});

describe('what is looked up', () => {
  const spoken = (text: string, intent: Intent, topics: string[]) => {
    const said = line(text, { intent });
    return { ...said, insight: { ...said.insight, topics } };
  };

  it('is the question before the topic', () => {
    const both = spoken('What is the refund window?', 'question', ['refund window']);
    expect(lookupOf(both)).toEqual({ cause: 'question', query: 'What is the refund window?' });
  });

  it('is a topic of more than one word', () => {
    const topics = ['refunds', 'annual plan'];
    expect(lookupOf(spoken('So, annual plan refunds.', 'statement', topics))).toEqual({
      cause: 'topic',
      query: 'annual plan',
    });
    expect(lookupOf(spoken('So, refunds.', 'statement', ['refunds']))).toBeNull();
  });

  it('is not a short question that only the people present can answer', () => {
    expect(lookupOf(spoken('Daniel, are we ready?', 'question', ['new plans']))).toBeNull();
    expect(lookupOf(spoken('What is Atlas?', 'question', []))).toMatchObject({ cause: 'question' });
  });

  it('is nothing in small talk and tasks', () => {
    expect(lookupOf(spoken('A lovely lake house.', 'social', ['lake house']))).toBeNull();
    expect(lookupOf(spoken('I will fix the help page.', 'task', ['help page']))).toBeNull();
  });
});

describe('an open question', () => {
  const asked = line('Does anybody know how many people still use the old importer?');

  it('is taken along when the documents hold nothing on it', () => {
    expect(planQuestion(context(asked, { hits: [] }))).toMatchObject({ kind: 'question' });
  });

  it('is not called unanswered when nobody could look', () => {
    expect(planQuestion(context(asked, { hits: null }))).toBeNull();
  });

  it('is not made of a question about what to do', () => {
    const spoken = line('Should we move the launch to next week?');
    expect(planQuestion(context(spoken, { hits: [] }))).toBeNull();
  });
});

describe('a task', () => {
  const byFriday = 'Emma will send the updated pricing page to the design team by Friday.';

  it('has the owner and the date that were spoken', () => {
    const spoken = line(byFriday, {
      intent: 'task',
      entities: [date(byFriday, 'by Friday', '2026-11-27')],
    });
    expect(planTask(context(spoken))?.arguments).toEqual({
      title: 'Send the updated pricing page to the design team by Friday',
      owner: 'Emma',
      dueDate: '2026-11-27',
    });
  });

  it('is the speaker’s own when the speaker says "I"', () => {
    const spoken = line("I'll test the payment page again.", { intent: 'task', speaker: 'Thomas' });
    expect(planTask(context(spoken))?.arguments).toMatchObject({ owner: 'Thomas' });
  });

  it('has no owner when "I" was said by nobody known', () => {
    const spoken = line('I will test the payment page again.', { intent: 'task', speaker: null });
    expect(planTask(context(spoken))?.arguments).not.toHaveProperty('owner');
  });

  it('has neither owner nor date when none was spoken', () => {
    const spoken = line('Someone should also update the help center.', { intent: 'task' });
    expect(planTask(context(spoken))?.arguments).toEqual({ title: 'Update the help center' });
  });

  it('goes to the person who was asked by name', () => {
    const spoken = line('Daniel, could you check the error logs?', { intent: 'request' });
    const other = line('Could you prepare the error report?', { intent: 'request' });
    expect(planTask(context(spoken))).toBeNull();
    expect(planTask(context(other))?.arguments).toEqual({ title: 'Prepare the error report' });
  });

  it.each([
    "I won't be able to finish the report.",
    'I sent the report yesterday.',
    'I will not change the price.',
    'I think it is about a month.',
  ])('is not read into "%s"', (text) => {
    expect(planTask(context(line(text)))).toBeNull();
  });
});

describe('a page', () => {
  it.each([
    ["Let's write the refund rules up in the wiki.", 'The refund rules'],
    ['Can you put the launch checklist into Notion?', 'The launch checklist'],
    ['Document how we price upgrades in our handbook, please.', 'How we price upgrades'],
    ['We should create a wiki page about the new importer.', 'The new importer'],
  ])('is proposed where somebody wants it looked up: %s', (text, title) => {
    const spoken = line(text, { intent: 'request' });
    expect(plan(context(spoken)).map(({ kind }) => kind)).toEqual(['page']);
    expect(planPage(context(spoken))).toMatchObject({
      text: `Write a page: ${title}`,
      arguments: { title, body: text },
      citations: [{ quote: text }],
    });
  });

  it('is of what was said right before, where that is meant, and cites it', () => {
    const before = line('So we agreed. Refunds above 500 euros go through finance.');
    expect(planPage(context(line('Put that in the wiki.'), { recent: [before] }))).toMatchObject({
      arguments: {
        title: 'Refunds above 500 euros go through finance',
        body: before.segment.text,
      },
      citations: [{ quote: 'Put that in the wiki.' }, { quote: before.segment.text }],
    });
  });

  it.each([
    'We put it into the wiki last week.',
    'It is written in the handbook.',
    'Thomas will send the new pricing page to the design team.',
    'The wiki is down.',
  ])('is not proposed of what is no wish: %s', (text) => {
    expect(planPage(context(line(text)))).toBeNull();
  });
});

describe('an email', () => {
  it('is drafted from spoken words only, with an address only where one is known', () => {
    const text = 'Please write an email to Emma and the vendor about the delayed shipment.';
    expect(planEmail(context(line(text)))?.arguments).toEqual({
      to: [{ name: 'Emma', email: 'emma@northwind.example' }, { name: 'the vendor' }],
      subject: 'The delayed shipment',
      body: text,
    });
  });

  it('is not proposed because somebody mentions email', () => {
    expect(planEmail(context(line('The email campaign went well.')))).toBeNull();
  });
});

describe('a message', () => {
  it('says what others should be told', () => {
    const spoken = line("Let's tell the support team that the launch is on Tuesday.");
    expect(planMessage(context(spoken))?.arguments).toEqual({
      to: [{ name: 'the support team' }],
      body: 'the launch is on Tuesday',
    });
  });

  it('is not read into "let me know"', () => {
    expect(planMessage(context(line('Let me know when you are ready.')))).toBeNull();
  });
});

describe('an event', () => {
  const text = 'Let us schedule a meeting with the sales team on Thursday at 3 pm.';

  it('has the spoken time, and an end that is marked as assumed', () => {
    const spoken = line(text, {
      entities: [date(text, 'Thursday at 3 pm', '2026-11-26T15:00:00+01:00')],
    });
    expect(planEvent(context(spoken))?.arguments).toEqual({
      title: 'Meeting with the sales team',
      start: '2026-11-26T15:00:00+01:00',
      end: '2026-11-26T15:30:00+01:00',
      endAssumed: true,
      attendees: [{ name: 'the sales team' }],
    });
  });

  it('is not entered without a time', () => {
    expect(planEvent(context(line('Let us schedule a meeting with the sales team.')))).toBeNull();
  });
});

describe('a line', () => {
  it('that wishes for an email is not a task as well', () => {
    const spoken = line('I will write an email to the beta customers.', { intent: 'task' });
    expect(plan(context(spoken)).map(({ kind }) => kind)).toEqual(['email']);
  });

  it('of small talk leads to nothing', () => {
    const spoken = line('It was lovely, thank you. We went to the lake.', { intent: 'social' });
    expect(plan(context(spoken, { hits: [hit(0.9)] }))).toEqual([]);
  });
});
