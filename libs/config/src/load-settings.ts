import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { SettingsError } from './settings-error';

export interface SettingsSources {
  env: Readonly<Record<string, string | undefined>>;
  /** Folder of Docker secrets, one file per setting named in lower case. */
  secretsDir: string;
}

const processSources: SettingsSources = { env: process.env, secretsDir: '/run/secrets' };

/**
 * Reads the settings of `schema` from the environment, `<NAME>_FILE` and Docker secrets.
 * Empty counts as unset; the same value from two sources is fine.
 * @throws SettingsError naming every bad or contradictory setting at once, never a value.
 */
export function loadSettings<Schema extends z.ZodObject>(
  schema: Schema,
  sources: SettingsSources = processSources,
): z.infer<Schema> {
  const problems: string[] = [];
  const found: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const values = new Set(valuesOf(name, sources, problems));
    if (values.size > 1) problems.push(`${name} is set twice, to different values`);
    const [value] = values;
    if (value !== undefined) found[name] = value;
  }
  const parsed = schema.safeParse(found);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      problems.push(`${issue.path.join('.')}: ${rule(issue)}`);
    }
  }
  if (problems.length > 0 || !parsed.success) throw new SettingsError(problems);
  return parsed.data;
}

function valuesOf(name: string, sources: SettingsSources, problems: string[]): string[] {
  const values: string[] = [];
  const inline = sources.env[name];
  if (inline) values.push(inline);
  const file = sources.env[`${name}_FILE`];
  const secret = join(sources.secretsDir, name.toLowerCase());
  for (const path of [file, existsSync(secret) ? secret : undefined]) {
    if (!path) continue;
    try {
      const text = readFileSync(path, 'utf8').trim();
      if (text) values.push(text);
    } catch {
      problems.push(`${name}_FILE cannot be read`);
    }
  }
  return values;
}

/** zod's messages may quote what was received: say only what was expected. */
function rule(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}`;
    case 'invalid_format':
      return `expected a ${issue.format}`;
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    default:
      return 'not valid';
  }
}
