import { ModelFailedError, TextEngine, type ModelFailure, type TextRequest } from '@parley/ai';
import { z } from 'zod';
import { endpointBreaker, GuardedTextEngine } from './guarded-text.engine';

/** Does what `answer` says. */
class Endpoint extends TextEngine {
  readonly name = 'openai:tiny';
  asked = 0;

  constructor(private readonly answer: (signal: AbortSignal) => Promise<never>) {
    super();
  }

  complete<Schema extends z.ZodType>({ signal }: TextRequest<Schema>): Promise<never> {
    this.asked += 1;
    return this.answer(signal ?? AbortSignal.abort());
  }
}

const request = { name: 'intent', schema: z.object({}), instructions: '', input: '' };
const failing = (reason: ModelFailure): Endpoint =>
  new Endpoint(() => Promise.reject(new ModelFailedError('openai:tiny', reason, 'no')));

describe('a model for who cannot wait', () => {
  const ask = async (endpoint: Endpoint, times: number): Promise<unknown> => {
    const engine = new GuardedTextEngine(endpoint, endpointBreaker(), 20);
    let last: unknown;
    for (let time = 0; time < times; time += 1) {
      last = await engine.complete(request).catch((error: unknown) => error);
    }
    return last;
  };

  it.each(['unreachable', 'refused', 'timeout'] as const)(
    'is not asked any more once it has failed three times (%s)',
    async (reason) => {
      const endpoint = failing(reason);
      expect(await ask(endpoint, 5)).toMatchObject({ reason: 'unreachable' });
      expect(endpoint.asked).toBe(3);
    },
  );

  it('is asked on when its answers are of no use, or when the mistake is ours', async () => {
    const useless = failing('out-of-shape');
    expect(await ask(useless, 5)).toMatchObject({ reason: 'out-of-shape' });
    expect(useless.asked).toBe(5);
    const mistaken = new Endpoint(() => Promise.reject(new TypeError('ours')));
    expect(await ask(mistaken, 5)).toBeInstanceOf(TypeError);
    expect(mistaken.asked).toBe(5);
  });

  it('has failed when it does not answer in time', async () => {
    const silent = new Endpoint(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    );
    expect(await ask(silent, 1)).toMatchObject({ name: 'ModelFailedError', reason: 'timeout' });
    expect(await ask(silent, 4)).toMatchObject({ reason: 'unreachable' });
  });
});
