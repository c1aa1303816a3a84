import { basename, join } from 'node:path';
import { filesByRole } from './file-roles';
import { FOLDER_MANIFEST, type ModelFolder } from './model-folder';
import { ModelFolderError } from './model-folder.error';
import type { OnnxMetadata } from './onnx-metadata';
import { SPEECH_KINDS, type SpeechKind } from './speech-kinds';

const SAMPLE_RATE = 16_000;
const LONGEST_NAME = 60;

/** A speech model that was recognised in a folder. */
export interface SpeechModel {
  name: string;
  kind: SpeechKind;
  languages: readonly string[];
  /** sherpa's configuration of a recogniser. */
  config(language: string): object;
}

/**
 * Recognises the model by its files' names and by what its weights say of themselves.
 * @throws ModelFolderError naming what was found and what is missing
 */
export async function recogniseSpeechModel(folder: ModelFolder): Promise<SpeechModel> {
  const { directory, manifest } = folder;
  const refuse = (reason: string): never => {
    throw new ModelFolderError(folder.setting, directory, reason);
  };
  const candidates = filesByRole(folder.files);
  const files: Record<string, string> = Object.fromEntries(
    [...candidates].flatMap(([role, [file]]) => (file ? [[role, file]] : [])),
  );
  Object.assign(files, manifest.files);
  const fitting = kindsOf(files, manifest.kind);
  if (fitting.length === 0) refuse(whatIsMissing(folder, files));
  for (const role of fitting[0]?.roles ?? []) {
    const names = candidates.get(role) ?? [];
    if (names.length < 2 || manifest.files?.[role]) continue;
    refuse(
      `it holds several models: ${names.join(', ')} may each be its ${role}. Leave one there, or ` +
        `say which in ${FOLDER_MANIFEST}, e.g. { "files": { "${role}": "${names[0] ?? ''}" } }.`,
    );
  }
  const first = files[fitting[0]?.roles[0] ?? ''] ?? '';
  const metadata = await folder.metadata(first);
  const kind = manifest.kind ? fitting[0] : fitting.find((one) => one.is(metadata));
  if (!kind) return refuse(whyUnknown(first, metadata, fitting, files));
  const languages = manifest.languages ?? kind.languages?.(metadata);
  if (!languages) {
    return refuse(
      `nothing says which languages this ${kind.id} model understands: say so in ${FOLDER_MANIFEST}, ` +
        `e.g. { "languages": ["en"] }.`,
    );
  }
  return {
    name: manifest.name ?? basename(directory).replace(/\s+/g, '-').slice(0, LONGEST_NAME),
    kind,
    languages,
    config: (language) => recognizerConfig(directory, kind, files, language),
  };
}

/** Those of which all files are there; of these the ones that need the most. */
function kindsOf(files: Readonly<Record<string, string>>, asked: string | undefined): SpeechKind[] {
  const whole = SPEECH_KINDS.filter(
    ({ id, roles }) =>
      (asked === undefined || id === asked) && roles.every((role) => role in files),
  );
  const most = Math.max(...whole.map(({ roles }) => roles.length));
  return whole.filter(({ roles }) => roles.length === most);
}

/** The files would do, and the weights say something else. */
function whyUnknown(
  file: string,
  metadata: OnnxMetadata,
  fitting: readonly SpeechKind[],
  files: Readonly<Record<string, string>>,
): string {
  const type = metadata.get('model_type');
  const says = type === undefined ? 'nothing of itself' : `that it is "${type}"`;
  const [half] = SPEECH_KINDS.filter(
    (one) => one.roles[0] === fitting[0]?.roles[0] && one.is(metadata),
  ).filter(({ roles }) => fitting[0]?.roles.every((role) => roles.includes(role)));
  if (half) {
    const missing = half.roles.filter((role) => !(role in files)).map(fileOf);
    return `${file} says ${says}, and as ${half.id} it misses ${missing.join(', ')}.`;
  }
  return (
    `${file} says ${says}, so its kind is unknown. If it is one of ` +
    `${fitting.map(({ id }) => id).join(', ')}, say so in ${FOLDER_MANIFEST}: ` +
    `{ "kind": "${fitting[0]?.id ?? ''}" }.`
  );
}

function recognizerConfig(
  directory: string,
  kind: SpeechKind,
  files: Readonly<Record<string, string>>,
  language: string,
): object {
  const { tokens, ...models } = Object.fromEntries(
    kind.roles.map((role) => [role, join(directory, files[role] ?? '')]),
  );
  return {
    featConfig: { sampleRate: SAMPLE_RATE, featureDim: 80 },
    modelConfig: {
      ...kind.config(models, language),
      tokens,
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
    },
    decodingMethod: 'greedy_search',
  };
}

function whatIsMissing(
  { files: all, manifest: { kind } }: ModelFolder,
  files: Readonly<Record<string, string>>,
): string {
  const known = SPEECH_KINDS.map(({ id }) => id);
  if (kind !== undefined && !known.includes(kind)) {
    return `${FOLDER_MANIFEST} says that it is "${kind}", which is none of ${known.join(', ')}.`;
  }
  const roles = Object.keys(files);
  if (roles.every((role) => role === 'tokens')) {
    return `there are no weights of a speech model in it (*.onnx); it holds ${listed(all)}.`;
  }
  const lacking = SPEECH_KINDS.filter(({ id }) => kind === undefined || id === kind)
    .filter((one) => kind !== undefined || roles.every((role) => one.roles.includes(role)))
    .map((one) => ({ ...one, missing: one.roles.filter((role) => !(role in files)) }))
    .filter(({ missing }) => missing.length > 0)
    .sort((a, b) => a.missing.length - b.missing.length);
  const found = Object.entries(files).map(([role, file]) => `${file} (${role})`);
  const least = lacking.filter(({ missing }) => missing.length === lacking[0]?.missing.length);
  const wanted = new Map<string, string[]>();
  for (const { id, missing } of least) {
    const what = missing.map(fileOf).join(', ');
    wanted.set(what, [...(wanted.get(what) ?? []), id]);
  }
  const missing = [...wanted].map(([what, ids]) => `${what} (for ${ids.join(', ')})`);
  return (
    `it holds no whole model. Found: ${found.join(', ')}. ` +
    (missing.length > 0
      ? `Missing: ${missing.join('; or ')}.`
      : `No model has just these; the roles of each kind are in the documentation.`)
  );
}

function fileOf(role: string): string {
  return role === 'tokens' ? 'tokens.txt' : `${role}.onnx`;
}

function listed(files: readonly string[]): string {
  const MOST = 10;
  if (files.length === 0) return 'nothing';
  const more = files.length > MOST ? `, and ${files.length - MOST} more` : '';
  return files.slice(0, MOST).join(', ') + more;
}
