import { labelledUtterances } from '../src/analysis/test-data/labelled-utterances';
import { readLabelled, SOURCES } from './labelled-data';

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9 ]/g, '');

describe('what is held out', () => {
  it('is not learnt from, in no other case or punctuation either', () => {
    const all = SOURCES.flatMap(readLabelled);
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
});
