import { Seeded } from '../../../../test/harness/seeded';
import { AgreedWords } from './agreed-words';

/** What is shown after each draft, a bar behind what is confirmed. */
function shown(...drafts: string[]): string[] {
  const words = new AgreedWords();
  return drafts.map((draft) => {
    const { text, stableLength } = words.take(draft);
    return `${text.slice(0, stableLength)}|${text.slice(stableLength)}`;
  });
}

describe('the words of an utterance on which its drafts agree', () => {
  it('are those with which two successive drafts begin', () => {
    expect(shown('we will chip', 'we will ship on', 'we will ship on Friday')).toEqual([
      '|we will chip',
      'we will| ship on',
      'we will ship on| Friday',
    ]);
  });

  it('need two drafts: what only one of them has may change', () => {
    expect(shown('we chip', 'we ship', 'we shift')).toEqual(['|we chip', 'we| ship', 'we| shift']);
  });

  it('are the same words in any case and with any marks around them', () => {
    expect(shown('So, we ship.', 'so we Ship it')).toEqual(['|So, we ship.', 'so we Ship| it']);
  });

  it('stay as they were shown when they were confirmed', () => {
    expect(shown('so we', 'So, we', 'so we ship').at(-1)).toBe('So, we| ship');
  });

  it('do not change when a later draft contradicts them, which counts for what is behind them', () => {
    expect(shown('we ship on', 'we ship on', 'we sit on Friday').at(-1)).toBe('we ship on| Friday');
  });

  it('are neither said twice nor followed too late when a later draft says them in fewer words', () => {
    expect(shown('we are going', 'we are going', "we're going to town").at(-1)).toBe(
      'we are going| to town',
    );
  });

  it('are not said twice when a later draft says them in more words', () => {
    expect(shown("we're going", "we're going", 'we are going to town').at(-1)).toBe(
      "we're going| to town",
    );
  });

  it('stay when a later draft is shorter than they are', () => {
    expect(shown('we ship on Friday', 'we ship on Friday', 'we ship').at(-1)).toBe(
      'we ship on Friday|',
    );
  });

  it('go on being found behind a contradiction', () => {
    expect(shown('we ship', 'we ship', 'he sips on', 'he sips on Friday').at(-1)).toBe(
      'we ship on| Friday',
    );
  });

  it('are letters where no spaces are written, so that the text can grow', () => {
    expect(shown('今日は', '今日は、', '今日は、晴れです').at(-1)).toBe('今日は、|晴れです');
  });

  it('are none of nothing', () => {
    expect(shown('', '  ')).toEqual(['|', '|']);
  });

  it('never change, whatever the drafts say', () => {
    const vocabulary = [
      'we',
      "we're",
      'We',
      'are',
      'ship',
      'Ship,',
      'it',
      '(it)',
      '–',
      '日',
      '本。',
    ];
    for (let seed = 1; seed <= 2_000; seed++) {
      const random = new Seeded(seed);
      const words = new AgreedWords();
      const draft: string[] = [];
      let confirmed = '';
      for (let round = 0; round < 12; round++) {
        // Like an engine's: the one before, with words more, words fewer, and words heard differently.
        for (let change = Math.floor(random.next() * 4); change > 0; change--) {
          const word = random.some(vocabulary, 1)[0] ?? '';
          const at = Math.floor(random.next() * (draft.length + 1));
          draft.splice(at, Math.floor(random.next() * 3), ...(random.next() < 0.8 ? [word] : []));
        }
        const { text, stableLength } = words.take(draft.join(' '));
        expect(text.slice(0, stableLength).startsWith(confirmed)).toBe(true);
        confirmed = text.slice(0, stableLength);
      }
    }
  });

  it('leave a draft that contradicts nothing as it is', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const random = new Seeded(seed);
      const words = new AgreedWords();
      const said = Array.from({ length: 30 }, () => random.some(['a', 'b', 'c', 'd'], 1)[0]);
      for (let length = 1; length <= said.length; length += 1 + Math.floor(random.next() * 4)) {
        const draft = said.slice(0, length).join(' ');
        expect(words.take(draft).text).toBe(draft);
      }
    }
  });
});
