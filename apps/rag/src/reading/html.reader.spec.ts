import { readHtml } from './html.reader';

const texts = (html: string): string[] => readHtml(html).blocks.map(({ text }) => text);

describe('readHtml', () => {
  it('knows below which headings a paragraph stands', () => {
    const { blocks, title } = readHtml(
      '<h1>Guide</h1><p>One.</p><h2>Doors</h2><p>Two.</p><h2>Rooms</h2><p>Three.</p>',
    );
    expect(title).toBe('Guide');
    expect(blocks).toEqual([
      { text: 'One.', headings: ['Guide'] },
      { text: 'Two.', headings: ['Guide', 'Doors'] },
      { text: 'Three.', headings: ['Guide', 'Rooms'] },
    ]);
  });

  it('keeps a sentence together over its marks, and what it says over its entities', () => {
    expect(texts('<p>It <em>is</em> a <a href="x">door</a> &amp; a&nbsp;wall.</p>')).toEqual([
      'It is a door & a wall.',
    ]);
  });

  it('makes a paragraph of each item and of each piece of text between elements', () => {
    expect(texts('Before<ul><li>One<li>Two</ul>after<br>all')).toEqual([
      'Before',
      'One',
      'Two',
      'after',
      'all',
    ]);
  });

  it('makes a sentence of each row, with the names of the columns', () => {
    const table =
      '<table><tr><th>City</th><th>Limit</th></tr><tr><td>Lisbon</td><td><p>140</p></td></tr></table>';
    expect(texts(table)).toEqual(['City: Lisbon; Limit: 140.']);
  });

  it('leaves out what is no text of the page', () => {
    expect(
      texts(
        '<nav>Menu</nav><style>p{}</style><p hidden>No</p><div><svg><text>Pic</text></svg>Yes</div>',
      ),
    ).toEqual(['Yes']);
  });

  it('goes on after what is left out, though it is nested in itself', () => {
    expect(texts('<nav>A<nav>B</nav>C</nav><p>Here.</p>')).toEqual(['Here.']);
  });

  it('reads tags that never end', () => {
    expect(texts('<div><p>One<div>Two<table><tr><td>Three')).toEqual(['One', 'Two', 'Three.']);
  });
});
