import type { Segment } from '@parley/contracts';
import { carriedBy } from '../analysis/intent/context/carried';
import { clausesOf } from '../../training/labelled-data';
import { carriedOn, intentsOf, spokenBefore, type CarriedOn } from './spoken-before';

const segment = (over: Partial<Segment>): Segment => ({
  id: 's',
  meetingId: 'm',
  channel: 'main',
  speaker: { id: 'maria', name: 'Maria' },
  startMs: 0,
  endMs: 1_000,
  text: '',
  final: true,
  revision: 0,
  engine: 'test',
  degraded: false,
  ...over,
});
const said = (text: string, over: Partial<Segment> = {}): CarriedOn =>
  carriedOn(carriedBy(text, clausesOf(text)), segment({ text, ...over }));
const answer = segment({ startMs: 2_000, speaker: { id: 'tom', name: 'Tom' } });

describe('what was said before', () => {
  it.each([
    ['Could you send the report by Friday?', 'you'],
    ['Who can take the minutes?', 'who'],
    ['When do we ship it?', 'when'],
    ['Shall we stay with the old supplier?', 'shall-we'],
    ['Which of them should we take?', 'choice'],
    ['Did it rain?', 'polar'],
    ['It rained all day.', 'none'],
  ])('%s asks: %s', (text, asks) => {
    expect(spokenBefore([said(text)], answer)).toMatchObject({ asks, sameSpeaker: false });
  });

  it('is found behind those who only show that they listen', () => {
    const kept = [said('Mm-hmm.'), said('Could you send the report?')];
    expect(spokenBefore(kept, answer)).toMatchObject({ asks: 'you' });
  });

  it('is broken off by its last word, or by its mark, and by a short pause only', () => {
    const goesOn = (text: string, startMs: number): boolean | undefined =>
      spokenBefore([said(text)], segment({ startMs }))?.open;
    expect(goesOn('Could you send the', 2_000)).toBe(true);
    expect(goesOn('Could you send …', 2_000)).toBe(true);
    expect(goesOn('Could you send the', 9_000)).toBe(false);
    expect(goesOn('Could you send it?', 2_000)).toBe(false);
  });

  it('is too long ago after twenty seconds', () => {
    const late = segment({ startMs: 30_000 });
    expect(spokenBefore([said('Could you send the report?')], late)).toBeNull();
  });

  it('is by nobody knows whom where speakers of one channel are not told apart', () => {
    const unknown = segment({ startMs: 2_000, speaker: null });
    expect(spokenBefore([said('Is it?')], unknown)?.sameSpeaker).toBeNull();
    const elsewhere = segment({ startMs: 2_000, speaker: null, channel: 'tom' });
    expect(spokenBefore([said('Is it?')], elsewhere)?.sameSpeaker).toBe(false);
  });

  it('is nothing where an insight is older than what is kept now', () => {
    expect(spokenBefore([null, said('Could you send it?')], answer)).toBeNull();
    expect(spokenBefore([{ intent: 'dance', asks: 'you', open: false }], answer)).toBeNull();
    expect(spokenBefore([], answer)).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ['asks for what nobody asks for', { asks: 'whatever' }],
    ['wants what nobody wants', { intent: 'dance' }],
    ['says not when it ended', { endMs: undefined }],
    ['ended at no number', { endMs: '1000' }],
    ['was spoken on no channel', { channel: 7 }],
    ['was spoken by no id', { speaker: { id: 'maria' } }],
  ])('is nothing where a row %s', (_, over) => {
    expect(spokenBefore([{ ...said('Could you send it?'), ...over }], answer)).toBeNull();
    expect(intentsOf([{ ...said('Could you send it?'), ...over }])).toEqual([]);
  });

  it('holds no word of what was said', () => {
    expect(JSON.stringify(said('Could you send the secret report to Nora?'))).not.toMatch(
      /secret|report|nora/i,
    );
  });
});
