import type { Consent } from '@parley/contracts';
import { isWithheld, type PrivacyState } from './withheld';

const state = (people: [channel: string | undefined, consent: Consent][]): PrivacyState => ({
  epoch: 0,
  privacyMode: 'transcript',
  participants: people.map(([channel, consent]) => ({ ...(channel ? { channel } : {}), consent })),
});

describe('what is withheld', () => {
  it('is everything off the record', () => {
    expect(isWithheld({ ...state([]), privacyMode: 'off-the-record' }, 'main')).toBe(true);
  });

  it('is nothing while nobody has declined', () => {
    expect(
      isWithheld(
        state([
          ['ann', 'unknown'],
          [undefined, 'granted'],
        ]),
        'ann',
      ),
    ).toBe(false);
    expect(
      isWithheld(
        state([
          ['ann', 'unknown'],
          [undefined, 'granted'],
        ]),
        'main',
      ),
    ).toBe(false);
  });

  it('is the own channel of who declined, and not those of others', () => {
    const people = state([
      ['ann', 'declined'],
      ['bob', 'granted'],
    ]);
    expect(isWithheld(people, 'ann')).toBe(true);
    expect(isWithheld(people, 'bob')).toBe(false);
  });

  it('is every shared channel as soon as one person has declined, who may be heard on it', () => {
    expect(
      isWithheld(
        state([
          [undefined, 'declined'],
          [undefined, 'granted'],
        ]),
        'main',
      ),
    ).toBe(true);
    expect(isWithheld(state([['ann', 'declined']]), 'main')).toBe(true);
  });
});
