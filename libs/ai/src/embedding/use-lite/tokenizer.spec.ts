import { Tokenizer } from './tokenizer';

const RESERVED = Array.from({ length: 6 }, (): [string, number] => ['', 0]);
const tokenizer = new Tokenizer([
  ...RESERVED,
  ['▁', -3],
  ['▁the', -1],
  ['▁door', -2],
  ['d', -4],
  ['s', -2],
  ['oor', -3],
]);

describe('Tokenizer', () => {
  it('takes the pieces whose scores add up to most', () => {
    expect(tokenizer.encode('the doors')).toEqual([7, 8, 10]);
  });

  it('takes what it does not know as one piece', () => {
    expect(tokenizer.encode('the 日本🙂')).toEqual([7, 6, 0]);
  });

  it('reads another form of a letter as the letter', () => {
    expect(tokenizer.encode('ｄoor')).toEqual([8]);
  });
});
