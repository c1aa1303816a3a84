import type { SettingEntry } from './setting-entry';

/** Settings that are the same for one provider each. */
export interface SettingFamily {
  name: string;
  /** Any of them. */
  entry: SettingEntry;
}

/** The families of a group, each once. */
export function familiesOf(entries: readonly SettingEntry[], group: string): SettingFamily[] {
  const own = entries.filter((entry) => entry.group === group);
  const byName = new Map(own.flatMap((entry) => (entry.family ? [[entry.family, entry]] : [])));
  return [...byName].map(([name, entry]) => ({ name, entry }));
}
