import type { z } from 'zod';
import { misspeltSettings } from './misspelt-settings';
import { unknownProviders } from './provider-settings';
import type { ServiceSettings } from './service-settings';
import { parseSetting, rulesOf } from './setting-schema';
import { SettingsError } from './settings-error';
import { SERVICE_RULES, type SettingsRule } from './settings-rule';
import { processSources, valuesOf, type SettingsSources } from './value-sources';

export { processSources, type SettingsSources };

/**
 * Reads the settings of `schema` from the environment, `<NAME>_FILE` and Docker secrets.
 * Empty counts as unset; the same value from two sources is fine.
 * @param rules what must hold between settings. Default: {@link SERVICE_RULES}.
 * @throws SettingsError naming every bad or contradictory setting at once, never a value.
 */
export function loadSettings<Schema extends z.ZodObject>(
  schema: Schema,
  sources: SettingsSources = processSources,
  rules: readonly SettingsRule[] = SERVICE_RULES,
): z.infer<Schema> {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, rule] of rulesOf(schema)) {
    const found = valuesOf(name, sources);
    const unreadable = found.flatMap(({ problem }) => problem ?? []);
    const [text, other] = new Set(found.flatMap(({ value }) => value ?? []));
    if (other !== undefined) {
      const places = found.filter(({ value }) => value !== undefined).map(({ source }) => source);
      problems.push(`${name} is set twice, to different values (${places.join(', ')})`);
      continue;
    }
    if (unreadable.length > 0) {
      // Says which setting, where the source's own name does not.
      problems.push(...unreadable.map((text) => (text.includes(name) ? text : `${name}: ${text}`)));
      continue;
    }
    const parsed = parseSetting(rule, text);
    if (parsed.problems.length === 0) settings[name] = parsed.value;
    else problems.push(...parsed.problems.map((problem) => `${name}: ${problem}`));
  }
  problems.push(...brokenRules(rules, settings), ...unknownProviders(sources.env));
  if (problems.length > 0) throw new SettingsError(problems);
  return settings as z.infer<Schema>;
}

function brokenRules(rules: readonly SettingsRule[], settings: Record<string, unknown>): string[] {
  return rules.flatMap(({ names, check }) => {
    if (!names.every((name) => name in settings)) return [];
    return check(settings as ServiceSettings) ?? [];
  });
}

/** One setting, or its default where it is not valid: for what must be known before all of them are read. */
export function peekSetting<
  Schema extends z.ZodObject,
  Name extends keyof z.infer<Schema> & string,
>(schema: Schema, name: Name, sources: SettingsSources = processSources): z.infer<Schema>[Name] {
  const rule = schema.shape[name] as z.ZodType;
  const text = valuesOf(name, sources).find(({ value }) => value !== undefined)?.value;
  const { value, problems } = parseSetting(rule, text);
  return (
    problems.length === 0 ? value : parseSetting(rule, undefined).value
  ) as z.infer<Schema>[Name];
}

/** What an operator is told of a variable that looks like a misspelt setting. */
export function settingWarning({ given, meant }: { given: string; meant: string }): string {
  return `${given} is not a setting and changes nothing; is ${meant} meant?`;
}

/** Variables that look like misspelt settings of `schema`, each with the setting that is probably meant. */
export function settingsWarnings(
  schema: z.ZodObject,
  sources: SettingsSources = processSources,
): { given: string; meant: string }[] {
  return misspeltSettings(Object.keys(schema.shape), sources.env);
}
