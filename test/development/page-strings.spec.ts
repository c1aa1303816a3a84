import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import ts from 'typescript';

const SOURCES = join(PROJECT_ROOT, 'apps/ui/src');
/** What people read or hear of an element. */
const SPOKEN = ['aria-label', 'title', 'placeholder', 'alt', 'label', 'hint'];
const WORD = /\p{L}{2,}/u;

/** Words that people see and that do not come from the catalogue, with where they stand. */
function wordsOf(text: string, file: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, words: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    if (WORD.test(words)) found.push(`${file}:${line + 1} ${words.trim()}`);
  };
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression) {
      if (ts.isStringLiteralLike(node.expression)) note(node, node.expression.text);
    }
    if (ts.isJsxAttribute(node) && SPOKEN.includes(node.name.getText())) {
      const { initializer } = node;
      if (initializer && ts.isStringLiteral(initializer)) note(node, initializer.text);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

describe('what the page says', () => {
  it('stands in one catalogue: no component has words of its own', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tsx'),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(
      files.flatMap((file) => wordsOf(readFileSync(join(SOURCES, file), 'utf8'), file)),
    ).toEqual([]);
  });

  it('would be noticed where it stood in a component', () => {
    const text = '<p title="Not here">Words {"and more"} · {strings.product} <b>{" "}ok</b></p>';
    expect(wordsOf(text, 'some.tsx')).toEqual([
      'some.tsx:1 Not here',
      'some.tsx:1 Words',
      'some.tsx:1 and more',
      'some.tsx:1 ok',
    ]);
  });
});
