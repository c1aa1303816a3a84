// Which relative links of the documentation lead nowhere: to no file, or to no heading of it.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { anchors, plainText } from './headings.mjs';
import { markdown } from './render.mjs';

/**
 * @param {string} project
 * @param {string[]} files Markdown, relative to the project
 * @returns {string[]} `file: link`
 */
export function brokenLinks(project, files) {
  const read = (file) => markdown.parse(readFileSync(join(project, file), 'utf8'), {});
  return files.flatMap((file) =>
    linksOf(read(file))
      .filter((link) => !/^[a-z]+:/i.test(link))
      .filter((link) => !leadsSomewhere(link, file))
      .map((link) => `${file}: ${link}`),
  );

  function leadsSomewhere(link, file) {
    const [path, anchor] = link.split('#');
    const target = path === '' ? file : posix.join(posix.dirname(file), decodeURI(path));
    if (target.startsWith('..') || !existsSync(join(project, target))) return false;
    return !anchor || !target.endsWith('.md') || headingsOf(read(target)).includes(anchor);
  }
}

function linksOf(tokens) {
  return tokens
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? []);
}

function headingsOf(tokens) {
  const anchorOf = anchors();
  return tokens.flatMap(({ type }, index) =>
    type === 'heading_open' ? [anchorOf(plainText(tokens[index + 1]))] : [],
  );
}
