import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PROJECT_ROOT } from '@parley/config';

interface ModelFile {
  /** Path below the models' folder. */
  to: string;
  bytes: number;
  sha256: string;
}

/** Weights are missing or damaged; the message is one sentence with a way out. */
export class ModelFilesError extends Error {
  override readonly name = 'ModelFilesError';

  constructor(readonly file: string) {
    super(
      `The model weights in ${file} are missing or damaged: ` +
        'run `node apps/standalone/bin/fetch-models.mjs --verify`, which fetches them again.',
    );
  }
}

/**
 * Reads every byte of the named weights and compares: native code may end the process on damaged ones.
 * @param paths below `modelsDir`, as the manifest names them
 * @returns the absolute paths, in the same order
 * @throws ModelFilesError for the first file that is not as the manifest says
 */
export async function verifyModelFiles<const Paths extends readonly string[]>(
  modelsDir: string,
  paths: Paths,
): Promise<{ [Index in keyof Paths]: string }> {
  const known = manifestFiles();
  for (const path of paths) {
    const file = known.find(({ to }) => to === path);
    if (!file) throw new Error(`${path} is not in the models' manifest`);
    const absolute = join(modelsDir, path);
    const found = await stat(absolute).catch(() => null);
    if (found?.size !== file.bytes || (await sha256(absolute)) !== file.sha256) {
      throw new ModelFilesError(absolute);
    }
  }
  return paths.map((path) => join(modelsDir, path)) as { [Index in keyof Paths]: string };
}

function manifestFiles(): ModelFile[] {
  const path = join(PROJECT_ROOT, 'libs/ai/models/manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { packages: { files: ModelFile[] }[] };
  return manifest.packages.flatMap(({ files }) => files);
}

async function sha256(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest);
  return digest.digest('hex');
}
