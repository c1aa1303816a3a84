import { TextEngine } from '@parley/ai';
import type { SummarySection } from '@parley/contracts';
import { date, line, participants } from '../planning/line.factory';
import { modelSummary } from './model-summary';

interface Claim {
  section: SummarySection;
  text: string;
  segments: number[];
  owner: string | null;
  dueDate: string | null;
}

class ClaimingEngine extends TextEngine {
  readonly name = 'claiming';

  constructor(private readonly claims: Claim[]) {
    super();
  }

  complete<T>(): Promise<T> {
    return Promise.resolve({ lines: this.claims } as T);
  }
}

describe('a summary by the model', () => {
  const friday = 'Emma will send the pricing page by Friday.';
  const lines = [
    line(friday, { startMs: 0, entities: [date(friday, 'Friday', '2026-11-27')] }),
    line('Then let us go with Tuesday.', { startMs: 5_000 }),
  ];
  const summaryOf = (claim: Partial<Claim>) => {
    const whole: Claim = {
      section: 'tasks',
      text: 'Send the pricing page',
      segments: [1],
      owner: null,
      dueDate: null,
      ...claim,
    };
    const material = { lines, participants, answered: new Set<string>() };
    return modelSummary(new ClaimingEngine([whole]), material);
  };

  it('keeps an owner and a date that were spoken', async () => {
    expect((await summaryOf({ owner: 'Emma', dueDate: '2026-11-27' })).tasks).toEqual([
      {
        id: 'tasks-1',
        text: 'Send the pricing page',
        citations: [{ type: 'segment', id: 'm:main:0', quote: friday }],
        supported: true,
        owner: 'Emma',
        dueDate: '2026-11-27',
      },
    ]);
  });

  it('drops an owner and a date that nobody spoke', async () => {
    const { tasks } = await summaryOf({ owner: 'Daniel', dueDate: '2026-12-01' });
    expect(tasks[0]).not.toHaveProperty('owner');
    expect(tasks[0]).not.toHaveProperty('dueDate');
  });

  it('has nobody for an owner whose name was taken out of what was said', async () => {
    const nameless = '[name] will send the pricing page by Friday.';
    const engine = new ClaimingEngine([
      { section: 'tasks', text: 'Send it', segments: [1], owner: '[name]', dueDate: null },
    ]);
    const material = { lines: [line(nameless)], participants, answered: new Set<string>() };
    const { tasks } = await modelSummary(engine, material);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).not.toHaveProperty('owner');
  });

  it('marks a line that strays from what it cites', async () => {
    const { tasks } = await summaryOf({ text: 'Cancel every running contract' });
    expect(tasks[0]?.supported).toBe(false);
  });

  it('leaves out a line that cites nothing there is', async () => {
    expect((await summaryOf({ segments: [7] })).tasks).toEqual([]);
  });
});
