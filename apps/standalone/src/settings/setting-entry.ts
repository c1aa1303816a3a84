import {
  metaOf,
  parseSetting,
  rulesOf,
  SERVICE_NAMES,
  type ServiceName,
  type SettingSchema,
} from '@parley/config';
import type { z } from 'zod';
import { groupOf } from './setting-groups';

/** One setting as its documentation shows it. */
export interface SettingEntry {
  name: string;
  /** The name that stands for it and its likes of other providers. */
  family: string | undefined;
  group: string;
  description: string;
  unit: string | undefined;
  secret: boolean;
  /** It must not be pinned: what it is when unset depends on other things. */
  derived: boolean;
  /** Who reads it, in the order of the services. */
  services: ServiceName[];
  /** Empty: unset. */
  default: string;
  /** Services whose default is another one. */
  otherDefaults: { service: ServiceName; value: string }[];
}

/** Every setting of every service once, in the order of the schemas. */
export function settingEntries(schemas: Record<ServiceName, z.ZodObject>): SettingEntry[] {
  const all = SERVICE_NAMES.flatMap((service) =>
    rulesOf(schemas[service]).map(([name, rule]) => ({ name, service, rule })),
  );
  const names = new Set(all.map(({ name }) => name));
  return [...names].map((name) => {
    const having = all.filter((one) => one.name === name);
    const meta = metaOf((having[0] as (typeof having)[0]).rule);
    const { description, unit, secret = false, derived = false, services, family } = meta;
    if (!description) throw new TypeError(`${name} has no description`);
    const defaults = having.map(({ service, rule }) => ({ service, value: defaultOf(rule) }));
    const usual = mostFrequent(defaults.map(({ value }) => value));
    const otherDefaults = defaults.filter(({ value }) => value !== usual);
    return {
      name,
      family,
      group: groupOf(name),
      description,
      unit,
      secret,
      derived: derived || otherDefaults.length > 0,
      services: having
        .map(({ service }) => service)
        .filter((service) => services?.includes(service) ?? true),
      default: usual,
      otherDefaults,
    };
  });
}

function defaultOf(rule: SettingSchema): string {
  const { value } = parseSetting(rule, undefined);
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function mostFrequent(values: string[]): string {
  const count = (value: string): number => values.filter((other) => other === value).length;
  return values.reduce(
    (best, value) => (count(value) > count(best) ? value : best),
    values[0] ?? '',
  );
}
