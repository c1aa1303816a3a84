// `npm run docs`: writes the documentation as a small website into dist/site, and refuses a link that leads nowhere.
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brokenLinks } from './links.mjs';
import { sitePage } from './page.mjs';
import { renderMarkdown, sitePath } from './render.mjs';

const PROJECT = resolve(fileURLToPath(import.meta.url), '../../..');
const OUTPUT = join(PROJECT, 'dist/site');
/** In the order of the table of contents; what stands in a folder comes in the order of its names. */
const CHAPTERS = [
  ['Parley', ['README.md', 'CHANGELOG.md']],
  ['Use', ['docs/page.md', 'docs/privacy.md', 'docs/models.md', 'docs/providers.md']],
  [
    'Operate',
    [
      'docs/deploy.md',
      'docs/operations.md',
      'docs/settings.md',
      'docs/observability.md',
      'docs/runbooks.md',
      'docs/scaling.md',
      'docs/reliability.md',
      'secrets/README.md',
    ],
  ],
  ['Build on it', ['docs/architecture.md', 'docs/api/README.md', 'CONTRIBUTING.md', 'SECURITY.md']],
];

/**
 * Every page of the documentation, by chapters; whatever of docs/ no chapter names is a measurement.
 * @returns {[string, string[]][]}
 */
export function chapters() {
  const below = (folder) =>
    readdirSync(join(PROJECT, folder))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => posix.join(folder, name));
  const named = CHAPTERS.flatMap(([, files]) => files);
  const measured = below('docs').filter((file) => !named.includes(file));
  return [...CHAPTERS, ['Measured', measured], ['Decisions', below('docs/adr')]];
}

/** @returns {string[]} links of any page that lead nowhere: `page: link` */
export function checkLinks() {
  return brokenLinks(
    PROJECT,
    chapters().flatMap(([, files]) => files),
  );
}

function build() {
  const broken = checkLinks();
  if (broken.length > 0) throw new Error(`Links that lead nowhere:\n${broken.join('\n')}`);
  rmSync(OUTPUT, { recursive: true, force: true });
  const contents = chapters();
  const files = contents.flatMap(([, pages]) => pages);
  const linked = new Set();
  for (const file of files) {
    const { title, html, others } = renderMarkdown(
      readFileSync(join(PROJECT, file), 'utf8'),
      file,
      files,
    );
    others.forEach((other) => linked.add(other));
    const target = join(OUTPUT, sitePath(file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, sitePage({ file, title, html, contents, titleOf, sitePath }));
  }
  // A folder can be read only where the project is.
  for (const file of linked) {
    if (statSync(join(PROJECT, file)).isFile()) cpSync(join(PROJECT, file), join(OUTPUT, file));
  }
  cpSync(join(PROJECT, 'docs/site/style.css'), join(OUTPUT, 'style.css'));
  console.log(`${files.length} pages: ${join(OUTPUT, 'index.html')}`);
}

/** Its first heading. */
function titleOf(file) {
  return /^# (.+)$/m.exec(readFileSync(join(PROJECT, file), 'utf8'))?.[1] ?? file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
