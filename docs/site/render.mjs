// Markdown to HTML. What is not Markdown is shown as it stands: no page brings markup of its own.
import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import { anchors, plainText } from './headings.mjs';

export const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

/**
 * @param {string} text
 * @param {string} file the page, relative to the project
 * @param {string[]} pages that are on the site
 * @returns {{ title: string, html: string, others: string[] }} `others`: what else it links to, relative to the project
 */
export function renderMarkdown(text, file, pages) {
  const tokens = markdown.parse(text, {});
  const anchorOf = anchors();
  let title = file;
  const others = [];
  tokens.forEach((token, index) => {
    if (token.type === 'heading_open') {
      const words = plainText(tokens[index + 1]);
      token.attrSet('id', anchorOf(words));
      if (token.tag === 'h1') title = words;
    }
    for (const child of token.children ?? []) {
      const name = child.type === 'link_open' ? 'href' : child.type === 'image' ? 'src' : null;
      const link = name && child.attrGet(name);
      if (!link || /^(?:[a-z]+:|#)/i.test(link)) continue;
      const [path, anchor] = link.split('#');
      const target = posix.normalize(posix.join(posix.dirname(file), path));
      if (!pages.includes(target)) others.push(target);
      const there = posix.relative(posix.dirname(sitePath(file)), sitePath(target));
      child.attrSet(name, anchor ? `${there}#${anchor}` : there);
    }
  });
  return { title, html: markdown.renderer.render(tokens, markdown.options, {}), others };
}

/** Where a page is found on the site; other files stand where they do in the project. */
export function sitePath(file) {
  return file === 'README.md' ? 'index.html' : file.replace(/\.md$/, '.html');
}
