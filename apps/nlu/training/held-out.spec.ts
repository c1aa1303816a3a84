import { labelledUtterances } from '../src/analysis/test-data/labelled-utterances';
import { readLabelled, SOURCES, type LabelledUtterance, type Part } from './labelled-data';

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9 ]/g, '');

describe('what is held out', () => {
  it('is not learnt from, in no other case or punctuation either', () => {
    // Of exchanges what counts is the pair, and meetings are held out as a whole: everybody says "I will".
    const all = SOURCES.filter((source) => source !== 'exchanges').flatMap(readLabelled);
    const learnt = new Set(
      [...all.filter(({ part }) => part === 'learn'), ...labelledUtterances('tuning')].map(
        ({ text }) => bare(text),
      ),
    );
    const heldOut = [
      ...all.filter(({ part }) => part === 'held-out'),
      ...labelledUtterances('held-out'),
    ];
    const both = heldOut.map(({ text }) => text).filter((text) => learnt.has(bare(text)));
    expect(both).toEqual([]);
  });

  it('is no answer to the same words, nor of the same meeting, as one that is learnt from', () => {
    const exchanges = readLabelled('exchanges');
    const of = (part: Part): LabelledUtterance[] => exchanges.filter((one) => one.part === part);
    const pair = ({ before = '', text }: LabelledUtterance): string => bare(`${before} ${text}`);
    const learnt = new Set(of('learn').map(pair));
    expect(of('held-out').filter((one) => learnt.has(pair(one)))).toEqual([]);
    const meetings = new Set(of('learn').map(({ meeting }) => meeting));
    expect(of('held-out').filter(({ meeting }) => meetings.has(meeting))).toEqual([]);
  });
});
