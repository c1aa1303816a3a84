import { processSources, valuesOf, type SettingsSources } from '@parley/config';
import type { SettingEntry } from './setting-entry';

/** What is set, and from where; never a value. */
export function checkSettings(
  entries: SettingEntry[],
  sources: SettingsSources = processSources,
): string[] {
  return entries.flatMap(({ name }) => {
    const found = valuesOf(name, sources);
    if (found.length === 0) return [];
    return `${name.padEnd(36)} ${found.map(({ source, problem }) => problem ?? source).join(', ')}`;
  });
}
