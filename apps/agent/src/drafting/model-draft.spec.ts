import { TextEngine } from '@parley/ai';
import type { Draft } from '../planning/draft';
import { context, line } from '../planning/line.factory';
import { planEmail } from '../planning/kinds/email.planner';
import { isWritten, wordedBy } from './model-draft';

const WISH = 'Please write an email to Emma and the vendor about the delayed shipment.';

class AnsweringEngine extends TextEngine {
  readonly name = 'answering';
  input = '';

  constructor(private readonly answer: unknown) {
    super();
  }

  complete<T>(request: { input: string }): Promise<T> {
    this.input = request.input;
    return Promise.resolve(this.answer as T);
  }
}

describe('a drafted email', () => {
  const spoken = line(WISH);
  const draft = planEmail(context(spoken)) as Draft;
  const word = (subject: string | null, body: string) =>
    wordedBy(new AnsweringEngine({ subject, body }), draft, [spoken], 1_000);

  it('is worded by the model, and still goes to whom was named', async () => {
    const body = 'Dear all, please note the delayed shipment.';
    expect((await word('Delayed shipment', body)).arguments).toEqual({
      to: draft.arguments.to,
      subject: 'Delayed shipment',
      body,
    });
  });

  it.each([
    ['strays from what was said', 'We are pleased to offer a generous discount on everything.'],
    ['names a number that nobody spoke', 'The delayed shipment email: the vendor owes 500.'],
  ])('is not taken when it %s', async (_, body) => {
    await expect(word(null, body)).rejects.toMatchObject({ reason: 'out-of-shape' });
  });

  it('leaves tasks, events and facts to the rules', () => {
    expect(isWritten(draft)).toBe(true);
    expect(isWritten({ ...draft, kind: 'task' })).toBe(false);
  });
});
