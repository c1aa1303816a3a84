import { readMarkdown } from './markdown.reader';

const texts = (markdown: string): string[] =>
  readMarkdown(markdown).blocks.map((block) => block.text);

describe('readMarkdown', () => {
  it('keeps the path of headings with each paragraph', () => {
    const { title, blocks } = readMarkdown(
      '# Guide\n\nIntro.\n\n## Refunds\n\nThirty days.\n\n### Cards\n\nBack to the card.\n\n## Prices\n\nTen.',
    );
    expect(title).toBe('Guide');
    expect(blocks).toEqual([
      { text: 'Intro.', headings: ['Guide'] },
      { text: 'Thirty days.', headings: ['Guide', 'Refunds'] },
      { text: 'Back to the card.', headings: ['Guide', 'Refunds', 'Cards'] },
      { text: 'Ten.', headings: ['Guide', 'Prices'] },
    ]);
  });

  it('knows headings that are underlined', () => {
    const { title, blocks } = readMarkdown('Guide\n=====\n\nPart\n----\nText.');
    expect(title).toBe('Guide');
    expect(blocks).toEqual([{ text: 'Text.', headings: ['Guide', 'Part'] }]);
  });

  it('joins the lines of a paragraph and parts the items of a list', () => {
    expect(texts('One\nline.\n- first\n  goes on\n- [x] second\n1. third')).toEqual([
      'One line.',
      'first goes on',
      'second',
      'third',
    ]);
  });

  it('strips markup and keeps the words', () => {
    expect(
      texts('**Bold**, *soft*, `code`, [a link](https://x.example) and snake_case_name.'),
    ).toEqual(['Bold, soft, code, a link and snake_case_name.']);
  });

  it('makes each row of a table a sentence that can be understood alone', () => {
    expect(
      texts('| Severity | Answer |\n| --- | --- |\n| Critical | one hour |\n| Normal | one day |'),
    ).toEqual(['Severity: Critical; Answer: one hour.', 'Severity: Normal; Answer: one day.']);
  });

  it('takes code as it stands, a fence that is never closed too', () => {
    expect(texts('```\n# not a heading\n```\nAfter.')).toEqual(['# not a heading', 'After.']);
    expect(texts('```\nlast')).toEqual(['last']);
  });

  it('takes the title from the front matter and nothing else', () => {
    const { title, blocks } = readMarkdown('---\ntitle: "The plan"\ndraft: true\n---\nText.');
    expect(title).toBe('The plan');
    expect(blocks).toEqual([{ text: 'Text.', headings: [] }]);
  });
});
