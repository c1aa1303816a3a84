import type { Draft } from './draft';
import { dedupeKey, isNew, type EarlierSuggestion } from './novelty';

const draft = (text: string, confidence = 0.8): Draft => ({
  kind: 'task',
  text,
  arguments: {},
  confidence,
  reasons: [],
  citations: [],
});
const earlier = (text: string, over: Partial<EarlierSuggestion> = {}): EarlierSuggestion => ({
  kind: 'task',
  text,
  atMs: 0,
  confidence: 0.8,
  ...over,
});
const rules = { cooldownMs: 3_000, mostPerMeeting: 5 };

describe('a suggestion is shown', () => {
  it('once, also when it is said again in other words', () => {
    const before = [earlier('Send the updated pricing page')];
    expect(isNew(draft('Send updated pricing pages'), 60_000, before, rules)).toBe(false);
    expect(isNew(draft('Book the flights'), 60_000, before, rules)).toBe(true);
  });

  it('not right after another fact, unless it is surer', () => {
    const before = [earlier('Refunds take five days', { kind: 'fact', atMs: 10_000 })];
    const fact = (confidence: number): Draft => ({
      ...draft('Support answers within one hour', confidence),
      kind: 'fact',
    });
    expect(isNew(fact(0.8), 11_000, before, rules)).toBe(false);
    expect(isNew(fact(0.9), 11_000, before, rules)).toBe(true);
    expect(isNew(fact(0.8), 14_000, before, rules)).toBe(true);
  });

  it('at once when it is something that somebody took on', () => {
    const before = [earlier('Send the updated pricing page', { atMs: 10_000 })];
    expect(isNew(draft('Book the flights'), 10_500, before, rules)).toBe(true);
  });

  it('beside another kind at once', () => {
    const before = [earlier('Send the updated pricing page', { kind: 'fact' })];
    expect(isNew(draft('Send the updated pricing page'), 0, before, rules)).toBe(true);
  });

  it('only so often in one meeting', () => {
    const texts = ['red', 'green', 'blue', 'white', 'black'];
    const before = texts.map((text) => earlier(`paint ${text} fences`));
    expect(isNew(draft('Book the flights'), 90_000, before, rules)).toBe(false);
  });
});

describe('dedupeKey', () => {
  it('is the same whatever the order and ending of the words', () => {
    expect(dedupeKey(draft('Send the pricing pages'))).toBe(
      dedupeKey(draft('pricing page, send it')),
    );
  });
});
