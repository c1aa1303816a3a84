import { execFile } from 'node:child_process';
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';

const run = promisify(execFile);

/** What the images of the services hold, written by the script that the images are built with. */
export interface ProductionTrees {
  folder: string;
  of(service: ServiceName): string;
  remove(): void;
}

/** Writes all six, of links: nothing of them may be written, for it is the project's own file that would change. */
export async function writeProductionTrees(): Promise<ProductionTrees> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-images-'));
  const of = (service: ServiceName): string => join(folder, service);
  for (const service of SERVICE_NAMES) {
    await run(process.execPath, ['docker/production-tree.mjs', service, of(service), '--link'], {
      cwd: PROJECT_ROOT,
    });
  }
  // Another user is to run it.
  chmodSync(folder, 0o755);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, of, remove };
}

/** Bytes of all files below a folder. */
export function sizeOf(path: string): number {
  const found = lstatSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** Every file below a folder, relative to it. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : [],
  );
}
