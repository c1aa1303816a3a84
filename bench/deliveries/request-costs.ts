import { percentile } from '../percentile';
import type { Replica } from './replica';

/** Processor time of the replica for one request. Unit: microseconds; medians over the rounds. */
export interface RequestCost {
  name: string;
  guardedUs: number;
  baselineUs: number;
}

const AT_ONCE = 8;

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
    await compare('reading a connection: scoping', { replica, sizes, ask: read }),
    await compare('making a connection: scoping and sealing', { replica, sizes, ask: create }),
    await compare('making a connection without either, against itself', {
      ...{ replica, sizes, ask: create, guards: false },
    }),
  ];
}

/** @param guards false: neither side has a key or sealed secrets, so that what is found is noise. */
async function compare(
  name: string,
  {
    replica,
    sizes: { rounds, requests },
    ask,
    guards = true,
  }: { replica: Replica; sizes: Sizes; ask: Ask; guards?: boolean },
): Promise<RequestCost> {
  const once = (isGuarded: boolean): Promise<number> => round(replica, ask, isGuarded, requests);
  const guarded: number[] = [];
  const baseline: number[] = [];
  await once(guards);
  await once(false);
  for (let index = 0; index < rounds; index++) {
    // Which one comes first changes, so that what drifts meets both.
    for (const isGuarded of index % 2 === 0 ? [true, false] : [false, true]) {
      (isGuarded ? guarded : baseline).push(await once(isGuarded && guards));
    }
  }
  await replica.ask('sealed');
  return {
    name,
    guardedUs: percentile(guarded, 50) ?? Number.NaN,
    baselineUs: percentile(baseline, 50) ?? Number.NaN,
  };
}

async function round(
  replica: Replica,
  ask: Ask,
  isGuarded: boolean,
  requests: number,
): Promise<number> {
  const { cpuMs } = await replica.ask(isGuarded ? 'sealed' : 'plain');
  let left = requests;
  const client = async (): Promise<void> => {
    while (left-- > 0) await ask(isGuarded ? replica.apiKey : undefined);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return (((await replica.cpuMs()) - cpuMs) * 1_000) / requests;
}
