import { open, readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { ModelFolderError } from './model-folder.error';
import { readOnnxMetadata, type OnnxMetadata } from './onnx-metadata';

/** What an operator may write beside the weights, where the files alone do not say it. */
export const FOLDER_MANIFEST = 'parley.json';

const manifestSchema = z.strictObject({
  /** Stands in every segment. */
  name: z
    .string()
    .regex(/^\S{1,60}$/, 'has no blanks and at most 60 characters')
    .optional(),
  kind: z.string().optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/, 'is a language such as "en"'))
    .min(1)
    .optional(),
  /** By role, e.g. `{ "encoder": "encoder-chunk-16.onnx" }`. */
  files: z.record(z.string(), z.string()).optional(),
});

export type FolderManifest = z.infer<typeof manifestSchema>;

/** The files of a folder, and what is written beside them. */
export interface ModelFolder {
  setting: string;
  directory: string;
  /** Names of files, not of folders. */
  files: readonly string[];
  manifest: FolderManifest;
  metadata(file: string): Promise<OnnxMetadata>;
}

const POINTER = 'version https://git-lfs';

/** @throws ModelFolderError when it cannot be read, or what is written beside the weights is wrong */
export async function openModelFolder(setting: string, path: string): Promise<ModelFolder> {
  const directory = resolve(path);
  const refuse = (reason: string): never => {
    throw new ModelFolderError(setting, directory, reason);
  };
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) =>
    refuse(`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`),
  );
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  for (const file of files.filter(isModel)) {
    if (await isPointer(join(directory, file))) {
      refuse(`${file} is a pointer of Git LFS, not the weights: fetch them with \`git lfs pull\`.`);
    }
  }
  const manifest = files.includes(FOLDER_MANIFEST)
    ? await readManifest(join(directory, FOLDER_MANIFEST), refuse)
    : {};
  for (const named of Object.values(manifest.files ?? {})) {
    if (basename(named) !== named || !files.includes(named)) {
      refuse(`${FOLDER_MANIFEST} names ${named}, which is not in it.`);
    }
  }
  return {
    setting,
    directory,
    files: files.sort(),
    manifest,
    metadata: (file) => readOnnxMetadata(join(directory, file)),
  };
}

/** Weights, in ONNX's form or onnxruntime's own. */
export function isModel(file: string): boolean {
  return /\.(onnx|ort)$/.test(file);
}

async function readManifest(
  path: string,
  refuse: (reason: string) => never,
): Promise<FolderManifest> {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return refuse(`${FOLDER_MANIFEST}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  } catch (error) {
    if (error instanceof ModelFolderError) throw error;
    return refuse(`${FOLDER_MANIFEST} is no JSON.`);
  }
}

async function isPointer(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(POINTER.length), 0, POINTER.length, 0);
    return buffer.toString('latin1') === POINTER;
  } finally {
    await file.close();
  }
}
