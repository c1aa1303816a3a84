import { tokenise } from '../text/token';
import { findDurations } from './durations';

const durationsIn = (text: string): [string, string | undefined][] =>
  findDurations(text, tokenise(text)).map((duration) => {
    expect(text.slice(duration.start, duration.end)).toBe(duration.text);
    return [duration.text, duration.value];
  });

describe('durations', () => {
  it.each([
    ['two weeks', 'P2W'],
    ['an hour and a half', 'PT1H30M'],
    ['two and a half hours', 'PT2H30M'],
    ['half an hour', 'PT30M'],
    ['90 minutes', 'PT90M'],
    ['30-minute', 'PT30M'],
    ['two hour', 'PT2H'],
    ['two hours and thirty minutes', 'PT2H30M'],
    ['one year', 'P1Y'],
    ['a year and a half', 'P1Y6M'],
    ['two years and three months', 'P2Y3M'],
    ['a couple of days', 'P2D'],
    ['three quarters', 'P9M'],
    ['1.5 weeks', 'P10DT12H'],
  ])('%s is %s', (text, value) => {
    expect(durationsIn(`the ${text} meeting`)).toEqual([[text, value]]);
  });

  it('count an article only where a length is meant', () => {
    expect(durationsIn('it takes a week')).toEqual([['a week', 'P1W']]);
    expect(durationsIn('forty dollars a month, twice a week')).toEqual([]);
  });

  it('that are vague or a range have no value', () => {
    expect(durationsIn('it took a few days, maybe three to four weeks')).toEqual([
      ['a few days', undefined],
      ['three to four weeks', undefined],
    ]);
  });

  it.each([
    'just a minute',
    'one second',
    'he is 30 years old',
    'two days ago',
    'the second point',
  ])('are not heard in: %s', (text) => {
    expect(durationsIn(text)).toEqual([]);
  });
});
