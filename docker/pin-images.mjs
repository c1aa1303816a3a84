// `npm run pin-images`: asks the container engine which digest stands behind each tag that the production files and
// Dockerfiles name, and writes them to images.env, which those files read. A tag can be moved, a digest cannot.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const FILES = [
  'docker-compose.prod.yml',
  'docker-compose.tls.yml',
  'docker-compose.observability.yml',
];
/** As the files name what is not ours: a variable, and the tag that stands in for it. */
const IMAGE = /\$\{([A-Z_]+_IMAGE):-([^}]+)\}/g;

/** @returns {[variable: string, image: string][]} each once, in the order of the files */
function foreignImages() {
  const text = FILES.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  return [...new Map([...text.matchAll(IMAGE)].map(([, name, image]) => [name, image]))];
}

/** @returns {string} the image by its digest, with the tag for who reads it */
function pinned(image) {
  docker('pull', '--quiet', image);
  const found = JSON.parse(docker('image', 'inspect', '--format', '{{json .RepoDigests}}', image));
  const digest = found.map((one) => one.split('@')[1]).find((one) => one?.startsWith('sha256:'));
  if (!digest) throw new Error(`The engine knows no digest of ${image}.`);
  return `${image}@${digest}`;
}

function docker(...args) {
  const { status, stdout, stderr, error } = spawnSync('docker', args, { encoding: 'utf8' });
  if (error) throw new Error(`There is no docker here: ${error.message}`);
  if (status !== 0) throw new Error(`docker ${args.join(' ')} failed:\n${stderr}`);
  return stdout.trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file = join(ROOT, 'images.env')] = process.argv.slice(2);
  try {
    const lines = foreignImages().map(([name, image]) => {
      const line = `${name}=${pinned(image)}`;
      console.log(line);
      return line;
    });
    writeFileSync(file, `# Written by npm run pin-images.\n${lines.join('\n')}\n`);
    console.log(`\nWritten to ${file}.`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
