import { CONTACTS, redactAgreed, redactDraft, redactSpeech, redactText } from '../redact';
import { formsOf } from './known-names';
import { NAMES, NO_NAMES } from './names.table';

const nobody = { contacts: false, names: [] };
const known = (...people: string[]) => ({ contacts: true, names: formsOf(people) });

describe('names in what is said', () => {
  it.each(NAMES)('are taken out of: %s', (text, expected) => {
    expect(redactText(text, nobody)).toBe(expected);
  });

  it.each(NO_NAMES.map((text) => [text]))('are not in: %s', (text) => {
    expect(redactText(text, nobody)).toBe(text);
  });

  it('stay where only addresses and numbers go', () => {
    const text = 'Sanjay is at sanjay@example.com.';
    expect(redactText(text)).toBe('Sanjay is at [email].');
    expect(redactText(text, CONTACTS)).toBe('Sanjay is at [email].');
    expect(redactText(text, nobody)).toBe('[name] is at sanjay@example.com.');
    expect(redactText(text, known())).toBe('[name] is at [email].');
  });

  it('of those who are there go in every form and case', () => {
    const ann = known('Dr Oyelaran Wu-Tang (Acme)');
    expect(redactText('oyelaran wu-tang is here', ann)).toBe('[name] is here');
    expect(redactText('OYELARAN, WU-TANG’S PLAN', ann)).toBe('[name], [name]’S PLAN');
    expect(redactText('Acme and a doctor', ann)).toBe('Acme and a doctor');
  });

  it('of those who are there go as everyday words only where they are names', () => {
    const will = known('Will Power');
    expect(redactText('I will ask. Will says so.', will)).toBe('I will ask. [name] says so.');
    expect(redactText('the power is off', known('Speaker 1', 'Will'))).toBe('the power is off');
    expect(redactText('Speaker one will go', known('Speaker 1'))).toBe('Speaker one will go');
  });

  it('of those who are there go with all that belongs to them', () => {
    const both = known('Ann Smith', 'Ann-Marie Lee');
    expect(redactText('ask ann-marie or ann', both)).toBe('ask [name] or [name]');
  });

  it('go however their accents are encoded', () => {
    const zoe = known('Qwe\u0301nthe');
    expect(redactText('so qw\u00e9nthe said', zoe)).toBe('so [name] said');
    expect(redactText('so qwe\u0301nthe said', zoe)).toBe('so [name] said');
    expect(redactDraft('so qwe\u0301nthe said', zoe)).toBe('so [name] said');
    const words = ['qwe\u0301nthe', 'said'].map((text, at) => ({
      text,
      startMs: at,
      endMs: at + 1,
    }));
    const speech = redactSpeech(
      { text: 'qwe\u0301nthe said', words },
      { startMs: 0, endMs: 2 },
      zoe,
    );
    expect(speech.text).toBe('[name] said');
    expect(speech.words.map(({ text }) => text)).toEqual(['[name]', 'said']);
  });

  it.each([
    ['王伟', '昨天王伟说可以', '昨天[name]说可以'],
    ['王 伟', '昨天王伟说可以', '昨天[name]说可以'],
    ['さくら', '今日さくらが来る', '今日[name]が来る'],
    ['สมชาย', 'วันนี้สมชายมา', 'วันนี้[name]มา'],
    ['Qwenthe', '今日Qwentheさんが来る', '今日[name]さんが来る'],
    ['Анна', 'Аннаполис', 'Аннаполис'],
  ])('of %s go where words stand without spaces, and only there', (name, text, expected) => {
    expect(redactText(text, known(name))).toBe(expected);
  });

  it.each([
    ['I ASKED SANJAY ABOUT IT.', 'I ASKED [name] ABOUT IT.'],
    ['THANK YOU, KEVIN MURPHY. WE WILL SEE.', 'THANK YOU, [name]. WE WILL SEE.'],
    ['DR OKONKWO IS LATE.', 'DR [name] IS LATE.'],
    ['WE MARK THE BUDGET IN MAY.', 'WE MARK THE BUDGET IN MAY.'],
  ])('are told where all is in capitals: %s', (text, expected) => {
    expect(redactText(text, nobody)).toBe(expected);
  });

  it('are one word where they stand for several', () => {
    const words = ['Ask', 'Kevin', 'Murphy.'].map((text, at) => ({
      text,
      startMs: at * 100,
      endMs: at * 100 + 100,
    }));
    const speech = { text: 'Ask Kevin Murphy.', words };
    const { text, words: left } = redactSpeech(speech, { startMs: 0, endMs: 300 }, nobody);
    expect(text).toBe('Ask [name].');
    expect(left.map((word) => [word.text, word.startMs, word.endMs])).toEqual([
      ['Ask', 0, 100],
      ['[name]', 100, 300],
    ]);
  });
});

describe('a text that goes on', () => {
  it.each([
    ['I was told by Lokendra', 'I was told by [name]'],
    ['Will', '[name]'],
    ['Bhaskara', '[name]'],
    ['We use the', 'We use the'],
    ['We sold it to Microsoft', 'We sold it to Microsoft'],
    ['We', 'We'],
  ])('shows of %s no word that may become a name', (text, shown) => {
    expect(redactDraft(text, nobody)).toBe(shown);
  });

  it('is confirmed only up to the first name', () => {
    const text = 'I asked Sarah about';
    const { text: shown, stableLength } = redactAgreed(
      { text, stableLength: 13, heard: text },
      nobody,
    );
    expect(shown).toBe('I asked [name] about');
    expect(shown.slice(0, stableLength)).toBe('I asked');
  });
});

describe('a text made to take long', () => {
  it.each([
    ['capitals', 'Aaaa '.repeat(2_000)],
    ['names', 'Sarah and '.repeat(1_000)],
    ['hyphens', 'A-'.repeat(2_500)],
    ['apostrophes', "O'".repeat(2_500)],
  ])('of %s is read all the same', (_, text) => {
    expect(redactDraft(text, known('Ann', 'Ben'))).toEqual(expect.any(String));
  });
});
