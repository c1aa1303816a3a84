import { PERSONAL_DATA, NO_PERSONAL_DATA } from './personal-data.table';
import { findPersonalData, redactAgreed, redactDraft, redactSpeech, redactText } from './redact';

describe('personal data in what is said', () => {
  it.each(PERSONAL_DATA)('is taken out of: %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each(NO_PERSONAL_DATA.map((text) => [text]))('is not in: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('is found as well as the table says', () => {
    const found = PERSONAL_DATA.filter(([text, expected]) => redactText(text) === expected).length;
    const wrong = NO_PERSONAL_DATA.filter((text) => findPersonalData(text).length > 0).length;
    const recall = found / PERSONAL_DATA.length;
    const precision = found / (found + wrong);
    expect(recall).toBe(1);
    expect(precision).toBe(1);
  });
});

describe('a text made to take long', () => {
  it.each([
    ['hyphens', 'a-'.repeat(2500)],
    ['laughter', 'ha-'.repeat(1700)],
    ['laughter and an at', `${'ha-'.repeat(1700)}ha at ha`],
    ['underscores', 'a_'.repeat(2500)],
    ['dots', 'a dot '.repeat(900)],
    ['ats', 'a at '.repeat(1000)],
    ['blanks', `a${' '.repeat(5000)}a`],
    ['numbers', '1 '.repeat(2500)],
    ['numbers and commas', '1, '.repeat(1700)],
    ['spoken numbers', 'nine '.repeat(1000)],
    ['nearly telephone numbers', '415 555 '.repeat(600)],
  ])('of %s is read all the same', (_, text) => {
    expect(redactDraft(text)).toEqual(expect.any(String));
    expect(findPersonalData(text).length).toBeLessThan(2);
  });

  it('of cards has each of them taken out', () => {
    expect(redactText('4111 1111 1111 1111 '.repeat(250))).toBe('[card] '.repeat(250));
  });
});

describe('a text that goes on', () => {
  it('shows no number that may become one of these', () => {
    expect(redactDraft('My card is 4111 1111')).toBe('My card is [number]');
    expect(redactDraft('My card is 4111 1111 1111 1111 and')).toBe('My card is [card] and');
    expect(redactDraft('We are 12')).toBe('We are 12');
  });

  it.each([
    ['It is 415 555 01.', 'It is [number].'],
    ['(415) 5550', '[number]'],
    ['It is (415) 5550.', 'It is [number].'],
    ['It is 415.555.01', 'It is [number]'],
    ['four one five five five five oh one three', '[number]'],
    ['Call four one five, five...', 'Call [number]...'],
    ['4111 1111 1111 1111, 4155', '[card], [number]'],
    ['We were 4155 people', 'We were 4155 people'],
    ['One of them', 'One of them'],
    ['We meet at 10:30.', 'We meet at 10:30.'],
  ])('shows of %s only what a final would', (text, shown) => {
    expect(redactDraft(text)).toBe(shown);
  });
});

describe('a text that goes on, part of which is confirmed', () => {
  const agreed = (confirmed: string, tail: string, heard = confirmed + tail) =>
    redactAgreed({ text: confirmed + tail, stableLength: confirmed.length, heard });

  it('stays confirmed as far as nothing is taken out', () => {
    expect(agreed('We are', ' twelve')).toEqual({ text: 'We are twelve', stableLength: 6 });
    const text = 'It is [email], please';
    expect(agreed('It is jane@example.com,', ' please')).toEqual({ text, stableLength: 5 });
  });

  it('stays confirmed in whole words', () => {
    const heard = 'We ship on Friday, call 415 555 0123';
    const { text, stableLength } = agreed('We shape', ' it on Friday', heard);
    expect(text.slice(0, stableLength)).toBe('We');
  });

  it('shows no rest of a number of which confirmed words tell otherwise', () => {
    const heard = 'It is 415 555 0123 and';
    expect(agreed('It is for one five', ' 555 0123 and', heard)).toEqual({
      text: redactDraft(heard),
      stableLength: 5,
    });
  });
});

describe('the words of a segment', () => {
  const bounds = { startMs: 0, endMs: 900 };
  const word = (text: string, at: number) => ({ text, startMs: at * 100, endMs: at * 100 + 100 });

  it('are one where a placeholder stands, as long as what it stands for', () => {
    const text = 'Write to jane at example dot com, please.';
    const words = text.split(' ').map(word);
    expect(redactSpeech({ text, words }, bounds)).toEqual({
      text: 'Write to [email], please.',
      words: [
        word('Write', 0),
        word('to', 1),
        { text: '[email]', startMs: 200, endMs: 700 },
        word('please.', 7),
      ],
    });
  });

  it('are spread anew where they are not those of the text', () => {
    const words = [word('Somebody', 0), word('jane@example.com', 1)];
    const redacted = redactSpeech({ text: 'Write to jane@example.com', words }, bounds);
    expect(redacted.words.map(({ text }) => text)).toEqual(['Write', 'to', '[email]']);
  });

  it('stay as they are where there is nothing to take out', () => {
    const speech = { text: 'Good morning.', words: [word('Good', 0), word('morning.', 1)] };
    expect(redactSpeech(speech, bounds)).toBe(speech);
  });
});
