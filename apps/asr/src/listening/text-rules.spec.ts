import { estimatedWords } from './estimated-words';
import { quietestMoment } from './quietest-moment';
import { filterRule, stammers } from './text-rules';
import { isTooQuiet } from './too-quiet';

describe('filterRule', () => {
  it.each(['', '...', ' - ?'])('takes out %j, in which there is no word', (text) => {
    expect(filterRule({ text })).toBe('no-words');
  });

  it('takes out what a decoder in a loop says', () => {
    const text = 'the end the end the end the end the end';
    expect(filterRule({ text })).toBe('repeated-text');
  });

  it.each([
    'Thanks for watching!',
    'Thank you very much for watching this video.',
    "Don't forget to like and subscribe.",
    'Subtitles by the Amara.org community',
    'Untertitel der Amara.org-Community',
    "Sous-titres réalisés par la communauté d'Amara.org",
  ])('takes out what models learnt from subtitles write where nobody speaks: %j', (text) => {
    expect(filterRule({ text })).toBe('phantom-phrase');
  });

  it('takes a short answer out of a noise that goes on for far too long for it, and of nothing else', () => {
    expect(filterRule({ text: 'Thank you.' }, 8_000)).toBe('phantom-phrase');
    expect(filterRule({ text: 'Thank you.' }, 900)).toBeNull();
    expect(filterRule({ text: 'Thank you, Emma.' }, 12_000)).toBeNull();
  });

  it('takes out what the engine itself does not believe', () => {
    expect(filterRule({ text: 'a few words', confidence: 0.1 })).toBe('low-confidence');
    expect(filterRule({ text: 'a few words', confidence: 0.4 })).toBeNull();
  });

  it.each([
    'No.',
    'No, no, no, no!',
    'We ship on Friday, and we ship on Monday, and that is that.',
    'Thank you for watching the demo with us, Emma.',
    'The subtitles by Thomas are done.',
    'Please share your screen.',
    'See you in the next one.',
    'Translation by Friday, please.',
    'Subscribe to the channel of the release team.',
    'Thanks for watching, and now let us look at the numbers.',
  ])('keeps %j', (text) => {
    expect(filterRule({ text })).toBeNull();
  });
});

describe('stammers', () => {
  it.each([
    'With the new new new new new',
    'Now we now we now we',
    'and so it and so it and so it is',
  ])('is true of %j, as it is heard of the first syllables of something else', (text) => {
    expect(stammers(text)).toBe(true);
  });

  it.each(['No, no, no, no!', 'Now we, now we ship.', 'The new checkout is the new checkout.'])(
    'is false of %j',
    (text) => {
      expect(stammers(text)).toBe(false);
    },
  );
});

describe('isTooQuiet', () => {
  const hum = (loudness: number): Float32Array =>
    Float32Array.from({ length: 16_000 }, (_, at) => loudness * Math.sqrt(2) * Math.sin(at / 10));

  it('is what no word can be heard in', () => {
    expect([isTooQuiet(new Float32Array(16_000)), isTooQuiet(hum(0.000_5))]).toEqual([true, true]);
  });

  it('is nothing in which one syllable is louder', () => {
    const whisper = hum(0.000_5);
    whisper.set(hum(0.003).subarray(0, 1_600), 8_000);
    expect(isTooQuiet(whisper)).toBe(false);
  });
});

describe('estimatedWords', () => {
  it('spreads the words over the speech, without holes, and says that it guessed', () => {
    const words = estimatedWords('a longer word', 1_000, 2_000);
    expect(words.map(({ text }) => text)).toEqual(['a', 'longer', 'word']);
    expect(words[0]?.startMs).toBe(1_000);
    expect(words[1]?.startMs).toBe(words[0]?.endMs);
    expect(words[2]?.endMs).toBe(2_000);
    expect(words.every(({ estimated }) => estimated)).toBe(true);
  });
});

describe('quietestMoment', () => {
  it('finds the dip between two words', () => {
    const samples = new Float32Array(16_000).fill(0.5);
    samples.fill(0.05, 9_600, 11_200);
    expect(quietestMoment(samples)).toBeGreaterThanOrEqual(600);
    expect(quietestMoment(samples)).toBeLessThanOrEqual(700);
  });
});
