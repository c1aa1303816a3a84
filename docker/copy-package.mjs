// Copies an installed package without what only its developers read.
import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const UNREAD_FILES =
  /\.map$|\.(?:spec|test)\.[cm]?js$|\.[cm]?tsx?$|\.flow$|\.tsbuildinfo$|\.md$|\.markdown$/i;
const KEPT_FILES = /^(licen[cs]e|notice|copying)/i;
const UNREAD_FOLDERS = [
  'test',
  'tests',
  'specs',
  '__tests__',
  'doc',
  'docs',
  'example',
  'examples',
  '.github',
  'benchmark',
  // A nested package is one of its own, and copied when it is reached.
  'node_modules',
];

/** Large builds of packages for surroundings that are not Node.js; the rest runs without. */
const OTHER_BUILDS = {
  'libphonenumber-js': ['bundle'],
  mediabunny: ['src'],
  openai: ['src'],
  'pdfjs-dist': ['build', 'web', 'image_decoders', 'legacy/web', 'legacy/image_decoders'],
  typeorm: ['browser'],
};

/**
 * @param {string} from the installed folder
 * @param {string} to is made
 * @param {(from: string, to: string) => void} [place] how a file comes to its new place
 */
export function copyPackage(from, to, place = copyFileSync) {
  const name = from.split(`${sep}node_modules${sep}`).at(-1).split(sep).join('/');
  const left = [...UNREAD_FOLDERS, ...(OTHER_BUILDS[name] ?? [])];
  const wanted = (path, file) =>
    !left.includes(relative(from, path)) && (!UNREAD_FILES.test(file) || KEPT_FILES.test(file));
  copyFolder(from, to, place, wanted);
}

/** All of a folder, links followed, but what is not wanted. */
export function copyFolder(from, to, place = copyFileSync, wanted = () => true) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!wanted(source, entry.name)) continue;
    const isFolder = entry.isSymbolicLink() ? statSync(source).isDirectory() : entry.isDirectory();
    if (isFolder) copyFolder(source, target, place, wanted);
    else place(source, target);
  }
}
