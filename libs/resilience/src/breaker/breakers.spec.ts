import { BreakerOpenError } from './breaker-open.error';
import { Breakers } from './breakers';

// Fake: the clock and what is called.
describe('the breakers of a service', () => {
  const { signal } = new AbortController();
  let breakers: Breakers;
  let opened: string[];

  beforeEach(() => {
    opened = [];
    breakers = new Breakers((name) => ({
      maxFailures: name === 'patient' ? 2 : 1,
      windowMs: 1_000,
      isFailure: () => true,
      clock: { now: () => 0 },
    }));
    breakers.on('opened', (name) => opened.push(name));
  });

  const breaks = (...which: [name: string, tenant: string, part?: string]) =>
    breakers
      .of(...which)
      .execute(() => Promise.reject(new Error('down')), signal)
      .catch(() => undefined);
  const works = (...which: [name: string, tenant: string, part?: string]) =>
    breakers.of(...which).execute(() => Promise.resolve('well'), signal);

  it('keep what one tenant runs into from every other', async () => {
    await breaks('slack', 'acme');
    await expect(works('slack', 'acme')).rejects.toBeInstanceOf(BreakerOpenError);
    expect(await works('slack', 'globex')).toBe('well');
    expect(await works('gmail', 'acme')).toBe('well');
    expect(opened).toEqual(['slack']);
  });

  it('open as the options of their name say', async () => {
    await breaks('patient', 'acme');
    expect(await works('patient', 'acme')).toBe('well');
    await breaks('patient', 'acme');
    expect(breakers.stateOf('patient', 'acme')).toBe('open');
  });

  it('keep the places that one tenant reaches apart, and know the worst of them', async () => {
    expect(breakers.worstOf('webhook', 'acme')).toBe('closed');
    await breaks('webhook', 'acme', 'dead');
    expect(await works('webhook', 'acme', 'alive')).toBe('well');
    expect(breakers.stateOf('webhook', 'acme', 'dead')).toBe('open');
    expect(breakers.stateOf('webhook', 'acme', 'alive')).toBe('closed');
    expect(breakers.worstOf('webhook', 'acme')).toBe('open');
    expect(breakers.worstOf('webhook', 'globex')).toBe('closed');
    expect(opened).toEqual(['webhook']);
  });
});
