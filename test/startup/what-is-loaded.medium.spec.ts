import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';

const MINUTE = 60_000;
/** Behind doors of ours that load them at their first use. */
const BEHIND_DOORS = [
  '@aws-sdk/client-s3',
  '@opentelemetry/sdk-node',
  'openai',
  'pdfjs-dist',
  'sherpa-onnx-node',
];
const PACKAGE_FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;
/** Prints every file that a module loads, one a line; what a module opens while it loads must not keep the list waiting. */
const LIST = `
  require('reflect-metadata');
  require(process.argv[1]);
  process.stdout.write(Object.keys(require.cache).join('\\n'), () => process.exit(0));
`;

// Real: the modules of the six services as they are built. Nothing is started.
describe('what a service loads before it serves', () => {
  const { module: build } = JSON.parse(readFileSync(join(PROJECT_ROOT, '.swcrc'), 'utf8')) as {
    module: { lazy: string[] };
  };

  it.each(SERVICE_NAMES)(
    'has nothing in %s that is needed later only',
    async (name) => {
      const loaded = await packagesOf(`dist/apps/${name}/src/${name}.module.js`);
      const later = [...build.lazy, ...BEHIND_DOORS].map(packageOf);
      expect(loaded.map(packageOf).filter((each) => later.includes(each))).toEqual([]);
      // Its table of 2,500 media types is scored anew by every copy.
      expect(loaded.filter((folder) => folder.endsWith('/mime-types'))).toHaveLength(1);
    },
    MINUTE,
  );

  it('leaves for later only what is installed: nobody meets a missing package in a meeting', () => {
    const { resolve } = createRequire(join(PROJECT_ROOT, 'package.json'));
    expect(build.lazy.map((specifier) => resolve(specifier))).toHaveLength(build.lazy.length);
  });
});

/** The folders of all packages that a module loads, each once. */
async function packagesOf(file: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['-e', LIST, join(PROJECT_ROOT, file)],
    { maxBuffer: 16 * 1024 * 1024 },
  );
  const folders = stdout.split('\n').flatMap((path) => PACKAGE_FOLDER.exec(path)?.[0] ?? []);
  return [...new Set(folders)];
}

/** `@slack/web-api` of a folder as of a specifier. */
function packageOf(path: string): string {
  const [scope = '', name = ''] = (path.split('/node_modules/').at(-1) ?? '').split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}
