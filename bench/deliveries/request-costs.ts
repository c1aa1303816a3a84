import { percentile } from '../percentile';
import type { PartCosts } from './part-costs';
import type { Replica } from './replica';

/** Processor time of the replica for one request. Unit: microseconds. */
export interface RequestCost {
  name: string;
  /** Medians over the rounds. */
  guardedUs: number;
  baselineUs: number;
  /** Of a pair of rounds, one right after the other: the median, and where it lies with 95 % certainty. */
  difference: { median: number; from: number; to: number };
  /** What the guarded side has and the other has not. */
  parts: readonly (keyof PartCosts)[];
  /** Neither side has anything: what is found is noise, and nothing is promised of it. */
  isNoise: boolean;
}

/** How much of the guarded request the difference is. Unit: per cent. */
export function shareOf({ guardedUs, difference }: RequestCost): RequestCost['difference'] {
  const share = (us: number): number => (us / guardedUs) * 100;
  return {
    median: share(difference.median),
    from: share(difference.from),
    to: share(difference.to),
  };
}

const AT_ONCE = 8;
/** Before each comparison: the compiler is still at work on what is asked for the first time, and one side would pay for it. */
const WARM_UP_ROUNDS = 20;

/** Reading takes a third of what making takes: a round of it would be so short that one collection of garbage decides it. */
const READS_FOR_ONE = 4;

/** Short rounds in many pairs: what else the machine does meets both of a pair, and what meets one is an outlier. */
interface Sizes {
  rounds: number;
  /** In each round. */
  requests: number;
}

type Ask = (apiKey: string | undefined) => Promise<unknown>;

/**
 * The same requests with an API key and sealed secrets, and without either, in turns in one process.
 * @param settings of a webhook connection; its secret is what is sealed.
 */
export async function measureRequests(
  replica: Replica,
  settings: Record<string, unknown>,
  sizes: Sizes,
): Promise<RequestCost[]> {
  let made = 0;
  const create: Ask = async (apiKey) => {
    const input = { provider: 'webhook', name: `cost ${made++}`, settings };
    return replica.call('POST', '/v1/connections', input, apiKey);
  };
  const mine = (await create(replica.apiKey)) as { id: string };
  const anybodys = (await create(undefined)) as { id: string };
  const read: Ask = (apiKey) => {
    const { id } = apiKey === undefined ? anybodys : mine;
    return replica.call('GET', `/v1/connections/${id}`, undefined, apiKey);
  };
  return [
    await compare('reading a connection: scoping', {
      replica,
      sizes: { ...sizes, requests: sizes.requests * READS_FOR_ONE },
      ask: read,
      parts: ['scope'],
    }),
    await compare('making a connection: scoping and sealing', {
      replica,
      sizes,
      ask: create,
      parts: ['scope', 'seal'],
    }),
    await compare('the same: scoping alone', { replica, sizes, ask: create, parts: ['scope'] }),
    await compare('the same: sealing alone', { replica, sizes, ask: create, parts: ['seal'] }),
    await compare('making a connection without either, against itself', {
      replica,
      sizes,
      ask: create,
      parts: [],
    }),
  ];
}

/** @param parts what one side has beyond the other; none: neither has a key or sealed secrets. */
async function compare(
  name: string,
  {
    replica,
    sizes: { rounds, requests },
    ask,
    parts,
  }: { replica: Replica; sizes: Sizes; ask: Ask; parts: RequestCost['parts'] },
): Promise<RequestCost> {
  const guards = parts.length > 0;
  const once = (isGuarded: boolean): Promise<number> =>
    round(replica, ask, isGuarded ? parts : [], requests);
  const guarded: number[] = [];
  const baseline: number[] = [];
  for (let index = 0; index < Math.min(WARM_UP_ROUNDS, rounds); index++) {
    await once(true);
    await once(false);
  }
  for (let index = 0; index < rounds; index++) {
    // Which one comes first changes, so that what drifts meets both.
    for (const isGuarded of index % 2 === 0 ? [true, false] : [false, true]) {
      (isGuarded ? guarded : baseline).push(await once(isGuarded));
    }
  }
  await replica.ask('sealed');
  return {
    name,
    guardedUs: percentile(guarded, 50) ?? Number.NaN,
    baselineUs: percentile(baseline, 50) ?? Number.NaN,
    difference: medianOf(guarded.map((us, index) => us - (baseline[index] ?? Number.NaN))),
    parts,
    isNoise: !guards,
  };
}

/** The median and its interval of 95 %, by the order of the values: no assumption about how they are spread. */
function medianOf(values: readonly number[]): RequestCost['difference'] {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const reach = 0.98 * Math.sqrt(sorted.length);
  const at = (rank: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(rank)))] ?? Number.NaN;
  return {
    median: percentile(sorted, 50) ?? Number.NaN,
    from: at(half - reach),
    to: at(half + reach),
  };
}

async function round(
  replica: Replica,
  ask: Ask,
  parts: RequestCost['parts'],
  requests: number,
): Promise<number> {
  const { cpuMs } = await replica.ask(parts.includes('seal') ? 'sealed' : 'plain');
  const apiKey = parts.includes('scope') ? replica.apiKey : undefined;
  let left = requests;
  const client = async (): Promise<void> => {
    while (left-- > 0) await ask(apiKey);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return (((await replica.cpuMs()) - cpuMs) * 1_000) / requests;
}
