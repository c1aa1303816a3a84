// What stands around every page of the site. No script, and nothing from anywhere else.
import { posix } from 'node:path';

/**
 * @param {{ file: string, title: string, html: string, contents: [string, string[]][],
 *   titleOf: (file: string) => string, sitePath: (file: string) => string }} page
 */
export function sitePage({ file, title, html, contents, titleOf, sitePath }) {
  const here = posix.dirname(sitePath(file));
  const to = (path) => posix.relative(here, path) || posix.basename(path);
  const chapter = ([name, files]) => `
      <details${files.includes(file) || files.length < 10 ? ' open' : ''}>
        <summary>${escaped(name)}</summary>
        <ul>${files.map(item).join('')}
        </ul>
      </details>`;
  const item = (one) => `
          <li><a href="${to(sitePath(one))}"${one === file ? ' aria-current="page"' : ''}>${escaped(titleOf(one))}</a></li>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'">
    <title>${escaped(title)}${file === 'README.md' ? '' : ' · Parley'}</title>
    <link rel="stylesheet" href="${to('style.css')}">
  </head>
  <body>
    <a class="skip" href="#content">To the text</a>
    <a class="to-contents" href="#contents">Contents</a>
    <nav id="contents" aria-label="Contents">${contents.map(chapter).join('')}
    </nav>
    <main id="content">
${html}
    </main>
  </body>
</html>
`;
}

function escaped(text) {
  return text
    .replaceAll('`', '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
}
