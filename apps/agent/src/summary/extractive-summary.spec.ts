import { date, line, participants } from '../planning/line.factory';
import { extractiveSummary, isSupported } from './extractive-summary';

const friday = 'Emma will send the pricing page to the design team by Friday.';
const meeting = [
  line('Good morning everyone. How was your weekend?', { intent: 'social', startMs: 0 }),
  line('Our goal today is to decide when we launch the new plans.', { startMs: 5_000 }),
  line('What is the refund window for annual plans?', { intent: 'question', startMs: 9_000 }),
  line('Then let us go with Tuesday for the launch.', { intent: 'decision', startMs: 15_000 }),
  line(friday, {
    intent: 'task',
    startMs: 20_000,
    entities: [date(friday, 'Friday', '2026-11-27')],
  }),
  line('Does anybody know how many people still use the old importer?', {
    intent: 'question',
    startMs: 30_000,
  }),
  line('Okay, that is all for today.', { intent: 'social', startMs: 35_000 }),
];
const material = { lines: meeting, participants, answered: new Set(['m:main:9000']) };

describe('the extractive summary', () => {
  const summary = extractiveSummary(material);

  it('finds the objective, the decision and the task, with owner and date as spoken', () => {
    expect(summary.objectives.map(({ text }) => text)).toEqual([
      'Our goal today is to decide when we launch the new plans.',
    ]);
    expect(summary.decisions.map(({ text }) => text)).toEqual([
      'Then let us go with Tuesday for the launch.',
    ]);
    expect(summary.tasks).toMatchObject([{ owner: 'Emma', dueDate: '2026-11-27' }]);
  });

  it('keeps open what nobody answered, and not what the documents answered', () => {
    expect(summary.openQuestions.map(({ text }) => text)).toEqual([
      'Does anybody know how many people still use the old importer?',
    ]);
  });

  it('has no greetings and goodbyes among its points', () => {
    const words = 'Good morning everyone, and welcome to the launch review of the new plans.';
    const greeted = { ...material, lines: [line(words), ...meeting] };
    expect(extractiveSummary(greeted).keyPoints.map(({ text }) => text)).not.toContain(words);
  });

  it('cites for every line a segment that holds its words', () => {
    const known = new Set(meeting.map(({ segment }) => segment.id));
    const lines = Object.values(summary).flat();
    expect(lines.length).toBeGreaterThan(3);
    for (const { citations, supported } of lines) {
      expect(citations.every(({ id }) => known.has(id))).toBe(true);
      expect(supported).toBe(true);
    }
  });

  it('has no lines when nothing was said', () => {
    const empty = extractiveSummary({ lines: [], participants, answered: new Set() });
    expect(Object.values(empty).flat()).toEqual([]);
  });
});

describe('the verifier', () => {
  it('does not support words that the evidence does not hold', () => {
    expect(isSupported('Launch on Tuesday', ['Let us launch on Tuesday.'])).toBe(true);
    expect(isSupported('Launch on Wednesday', ['Let us launch on Tuesday.'])).toBe(false);
  });
});
