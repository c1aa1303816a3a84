import { SERVICE_NAMES } from '@parley/config';
import type { Finding, Plot } from '../report/finding';
import { allTogether, growthOf, type MemoryAt } from './memory-growth';
import type { SoakOptions } from './soak-options';
import { PROMISED_PERCENT, type SoakResult } from './soak-page';

export function soakFindings({ meetings, hours }: SoakOptions, result: SoakResult): Finding[] {
  const growth = (what: string, of: (at: MemoryAt) => number): Finding => {
    const { percent, before, after } = growthOf(result.memory, hours, of);
    const size = `${before.toFixed(0)} MB to ${after.toFixed(0)} MB`;
    return {
      what: `growth of memory, ${what}`,
      measured: percent,
      unit: '%',
      goal: { atMost: PROMISED_PERCENT },
      note: percent === null ? 'it took too little time to tell' : size,
    };
  };
  const held = `${meetings} meetings of ${hours} hours`;
  return [
    ...SERVICE_NAMES.map((name) => growth(name, ({ megabytes }) => megabytes[name])),
    growth('all six services', allTogether),
    {
      what: `audio lost, shed or unaccounted for in ${held}`,
      measured: result.lostMs + result.unaccountedMs,
      unit: 'ms',
      goal: { atMost: 0 },
    },
  ];
}

export function soakPlots({ memory }: SoakResult): Plot[] {
  const lines = SERVICE_NAMES.map((name) => ({
    name,
    points: onceAMinute(memory).map(({ minutes, megabytes }) => ({
      x: minutes,
      y: megabytes[name],
    })),
  }));
  const title = 'Memory of the six services over the time of a meeting';
  return [
    { kind: 'lines', id: 'soak', title, xUnit: 'minutes of each meeting', yUnit: 'MB', lines },
  ];
}

/** The first look of each minute: a picture shows no more. */
function onceAMinute(memory: readonly MemoryAt[]): MemoryAt[] {
  return memory.filter(({ minutes }, nth) => minutes !== memory[nth - 1]?.minutes);
}
