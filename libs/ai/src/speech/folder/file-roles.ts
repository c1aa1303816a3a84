import { isModel } from './model-folder';

/* What the archives of sherpa-onnx's models call their files; the first that fits counts. */
const ROLES: readonly (readonly [role: string, name: RegExp])[] = [
  ['mergedDecoder', /decoder.*merged|merged.*decoder/],
  ['preprocessor', /^preprocess/],
  ['uncachedDecoder', /^uncached_decode/],
  ['cachedDecoder', /^cached_decode/],
  ['joiner', /joiner/],
  ['encoder', /encoder|^encode\b/],
  ['decoder', /decoder/],
  ['model', /./],
];

/** Weights in eight bits are the fastest on a CPU; half floats are the slowest there. */
const PRECISIONS = [/[.-](int8|quant|quantized)\b/, /^(?!.*[.-]fp16\b)/, /./];
const PRECISION = /[.-](int8|quant|quantized|fp16)\b/;

/** The files that may have a role, those of one model in different precisions reduced to one. */
export function filesByRole(files: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (role: string, file: string): void => {
    found.set(role, [...(found.get(role) ?? []), file]);
  };
  for (const file of files) {
    if (/(^|-)tokens\.txt$/.test(file)) add('tokens', file);
    else if (isModel(file)) add(ROLES.find(([, name]) => name.test(file))?.[0] ?? 'model', file);
  }
  return new Map([...found].map(([role, names]) => [role, bestOfEach(names)]));
}

function bestOfEach(files: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const base = file.replace(PRECISION, '');
    groups.set(base, [...(groups.get(base) ?? []), file]);
  }
  return [...groups.values()].map((group) => {
    const best = PRECISIONS.flatMap((precision) => group.filter((file) => precision.test(file)));
    return best[0] ?? '';
  });
}
