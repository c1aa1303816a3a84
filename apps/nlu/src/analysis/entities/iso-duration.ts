export type DurationUnit =
  'second' | 'minute' | 'hour' | 'day' | 'week' | 'fortnight' | 'month' | 'quarter' | 'year';

export interface DurationPart {
  amount: number;
  unit: DurationUnit;
}

/** A unit as a whole number of the largest ISO 8601 field, and what half of it is made of. */
const FIELDS: Readonly<
  Record<
    DurationUnit,
    { letter: string; times: number; clock: boolean; smaller?: [number, DurationUnit] }
  >
> = {
  second: { letter: 'S', times: 1, clock: true },
  minute: { letter: 'M', times: 1, clock: true, smaller: [60, 'second'] },
  hour: { letter: 'H', times: 1, clock: true, smaller: [60, 'minute'] },
  day: { letter: 'D', times: 1, clock: false, smaller: [24, 'hour'] },
  week: { letter: 'W', times: 1, clock: false, smaller: [7, 'day'] },
  fortnight: { letter: 'W', times: 2, clock: false },
  month: { letter: 'M', times: 1, clock: false },
  quarter: { letter: 'M', times: 3, clock: false },
  year: { letter: 'Y', times: 1, clock: false, smaller: [12, 'month'] },
};

/** `[{ 1.5, hour }]` -> `PT1H30M`; what does not divide evenly (half a month) stays a fraction, as ISO 8601 allows. */
export function toIsoDuration(parts: readonly DurationPart[]): string {
  const whole = parts.flatMap(inWholeUnits);
  // ISO 8601 does not mix weeks with other fields.
  const mixed = whole.length > 1;
  const days = whole.map((part): DurationPart =>
    mixed && part.unit === 'week' ? { amount: part.amount * 7, unit: 'day' } : part,
  );
  const sums = new Map<string, number>();
  for (const { amount, unit } of days) {
    const { letter, times, clock } = FIELDS[unit];
    const key = (clock ? 'T' : '') + letter;
    sums.set(key, (sums.get(key) ?? 0) + amount * times);
  }
  const write = (keys: string[]): string =>
    keys
      .flatMap((key) => (sums.has(key) ? `${sums.get(key) ?? 0}${key.at(-1) ?? ''}` : []))
      .join('');
  const clock = write(['TH', 'TM', 'TS']);
  return `P${write(['Y', 'M', 'W', 'D'])}${clock && `T${clock}`}`;
}

function inWholeUnits({ amount, unit }: DurationPart): DurationPart[] {
  const { smaller } = FIELDS[unit];
  const whole = Math.floor(amount);
  if (whole === amount || !smaller) return [{ amount, unit }];
  const rest = Number(((amount - whole) * smaller[0]).toFixed(3));
  return [
    ...(whole > 0 ? [{ amount: whole, unit }] : []),
    ...inWholeUnits({ amount: rest, unit: smaller[1] }),
  ];
}
