import { exampleContext } from '../test-data/example-context';
import { findDates } from './dates';

/** `spoken -> value` of each date found, on Friday 2026-11-20, 13:00 in Berlin. */
const datesIn = (text: string, overrides = {}): [string, string | undefined][] =>
  findDates(text, exampleContext(overrides)).map((date) => {
    expect(text.slice(date.start, date.end)).toBe(date.text);
    return [date.text, date.value];
  });

describe('dates', () => {
  it.each([
    ['I need it tomorrow', 'tomorrow', '2026-11-21'],
    ['send it by Monday', 'Monday', '2026-11-23'],
    ['we start on December 4th', 'December 4th', '2026-12-04'],
    ['due by the fifteenth', 'the fifteenth', '2026-12-15'],
    ['let us say Monday the 30th', 'Monday the 30th', '2026-11-30'],
    ['in two weeks', 'in two weeks', '2026-12-04'],
    ['by the end of next week', 'the end of next week', '2026-11-27'],
    ['by the end of the month', 'the end of the month', '2026-11-30'],
    ['by the end of the quarter', 'the end of the quarter', '2026-12-31'],
    ['I will do it end of day', 'end of day', '2026-11-20'],
    ['the twenty second of May', 'twenty second of May', '2027-05-22'],
    ['we shipped yesterday', 'yesterday', '2026-11-19'],
  ])('%s: a day is a calendar date', (text, spoken, value) => {
    expect(datesIn(text)).toEqual([[spoken, value]]);
  });

  it.each([
    ['next Tuesday at ten', '2026-11-24T10:00:00+01:00'],
    ['tomorrow at half past nine', '2026-11-21T09:30:00+01:00'],
    ['on Monday at quarter to five', '2026-11-23T16:45:00+01:00'],
    ['tomorrow morning at nine thirty', '2026-11-21T09:30:00+01:00'],
    ["three o'clock on Tuesday", '2026-11-24T15:00:00+01:00'],
    ['at 7 p.m. tomorrow', '2026-11-21T19:00:00+01:00'],
    ['from two to four pm on Monday', '2026-11-23T14:00:00+01:00'],
  ])('%s: with a time of day it is an instant in the meeting’s zone', (text, value) => {
    expect(datesIn(text)).toEqual([[text.replace(/^(?:on|at) /, ''), value]]);
  });

  it('take "at three" for the afternoon, unless the night is spoken of', () => {
    expect(datesIn('tomorrow at three')[0]?.[1]).toBe('2026-11-21T15:00:00+01:00');
    expect(datesIn('tomorrow at three a.m.')[0]?.[1]).toBe('2026-11-21T03:00:00+01:00');
  });

  it('mean the coming Friday when they are said on a Friday, at any hour', () => {
    for (const at of ['2026-11-20T07:00:00Z', '2026-11-20T16:00:00Z']) {
      expect(datesIn('by Friday', { at: new Date(at) })).toEqual([['Friday', '2026-11-27']]);
    }
  });

  it.each(['next week', 'last month', 'this weekend', 'in March', 'a few days ago'])(
    '%s: a period gets no value, since no day was said',
    (text) => {
      expect(datesIn(text).map(([, value]) => value)).toEqual([undefined]);
    },
  );

  it.each([
    'I may be late',
    'we sat down',
    'wait, now it works',
    'we have five days left',
    'two and a half hours',
    'just a minute',
    '10 to 20 people',
    '24/7 support',
    'good morning everyone',
    'twice a week',
    "let's call at ten customers",
  ])('are not heard in: %s', (text) => {
    expect(datesIn(text)).toEqual([]);
  });

  it('count from the day it is where the meeting is, not where the server is', () => {
    const at = new Date('2026-11-20T23:30:00Z');
    expect(datesIn('tomorrow', { at, timeZone: 'Europe/London' })[0]?.[1]).toBe('2026-11-21');
    expect(datesIn('tomorrow', { at, timeZone: 'Asia/Tokyo' })[0]?.[1]).toBe('2026-11-22');
    expect(datesIn('today', { at, timeZone: 'America/New_York' })[0]?.[1]).toBe('2026-11-20');
  });

  it('keep the hour on the clock when the clocks change in between', () => {
    const at = new Date('2026-03-27T09:00:00Z');
    expect(datesIn('on Monday at ten', { at })[0]?.[1]).toBe('2026-03-30T10:00:00+02:00');
    expect(
      datesIn('on Monday at ten', {
        at: new Date('2026-10-30T14:00:00Z'),
        timeZone: 'America/New_York',
      })[0]?.[1],
    ).toBe('2026-11-02T10:00:00-05:00');
  });

  it('count elapsed hours across the change of clocks', () => {
    const at = new Date('2026-03-29T00:30:00Z');
    expect(datesIn('in two hours', { at })[0]?.[1]).toBe('2026-03-29T04:30:00+02:00');
  });
});
