import MarkdownIt from 'markdown-it';
import { Seeded } from '../../../../test/harness/seeded';
import { markdownText } from './markdown-text';

// Real: a Markdown parser with everything that it knows turned on.
const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });

describe('untrusted text in Markdown', () => {
  it.each([
    'Ship it, *now*!',
    '![beacon](https://evil.example/x.png)',
    '<script>alert(1)</script>',
    '[click](javascript:alert(1)) `code` ~~gone~~ &amp; a | b',
    '- a list',
    '12. another',
    '# A heading',
    'a\n\n---\n\n# b',
    '\\* and \\',
  ])('shows as it is: %j', (text) => {
    expect(shown(markdownText(text))).toBe(text.replace(/\s+/g, ' '));
    expect(shown(`- ${markdownText(text)}`)).toBe(text.replace(/\s+/g, ' '));
  });

  it('shows as it is, whatever it is', () => {
    const random = new Seeded(1);
    for (let round = 0; round < 2_000; round++) {
      const printable = (): string => String.fromCharCode(32 + Math.floor(random.next() * 95));
      const text = Array.from({ length: 30 }, printable).join('').replace(/\s+/g, ' ').trim();
      expect(shown(markdownText(text))).toBe(text);
    }
  });

  it('leaves ordinary sentences alone', () => {
    const sentence = "Let's meet at 10.30 (room 4), shall we? It's 5% off — great!";
    expect(markdownText(sentence)).toBe(sentence);
  });
});

/** The text of a document that is nothing but text: anything else in it stands out. */
function shown(source: string): string {
  return markdown
    .parse(source, {})
    .filter(({ type }) => !/^(paragraph|bullet_list|list_item)_(open|close)$/.test(type))
    .flatMap(({ type, children }) => children ?? [{ type, content: `<${type}>` }])
    .map(({ type, content }) =>
      type === 'text' || type === 'text_special' ? content : `<${type}>`,
    )
    .join('');
}
