import type { IncomingMessage } from 'node:http';
import { authenticate, requireScope, ServiceKeys, type KeyRing } from '@parley/service';
import { percentile } from '../percentile';
import type { SecretBox } from '../../apps/integrations/src/connections/secret-box';

/** Time of each part, called by itself between other work, as in a request. Unit: microseconds. */
export interface PartCosts {
  seal: number;
  open: number;
  /** Who shows a key, and whether it has the scope. */
  scope: number;
}

const CALLS = 1_000;
const WARM_UP = 5_000;
/** More than the processor remembers. */
const OTHER_BYTES = 8_388_608;
const CACHE_LINE_BYTES = 64;

/** Measures what sealing and scoping are made of, in this process and without anything around them. */
export function measureParts(box: SecretBox, ring: KeyRing, apiKey: string): PartCosts {
  const secrets = { secret: 'whsec_'.padEnd(50, 'x') };
  const owner = 'bench/019ad000-0000-7000-8000-000000000000';
  const sealed = box.seal(secrets, owner);
  const request = { headers: { authorization: `Bearer ${apiKey}` } } as IncomingMessage;
  const access = {
    keys: new ServiceKeys({ SERVICE_API_KEY: undefined }),
    ring,
    sync: { lookAgain: () => Promise.reject(new Error('the key is known')) },
    failures: {
      assertNotSpent: () => undefined,
      counted: (error: unknown) => Promise.resolve(error),
    },
    required: true,
    trust: null,
  };
  return {
    seal: microsecondsOf(() => box.seal(secrets, owner)),
    open: microsecondsOf(() => box.open(sealed, owner)),
    scope: microsecondsOf(() => {
      const visitor = authenticate(request, access);
      if (visitor instanceof Promise) throw new Error('the key is not known');
      requireScope('admin', visitor.caller, access);
    }),
  };
}

/**
 * The median of single calls, after a round for the compiler. Called over and over what a part is made of stays at hand, and it
 * takes a fifth of what it takes in a request.
 */
function microsecondsOf(work: () => unknown): number {
  for (let call = 0; call < WARM_UP; call++) work();
  const other = Buffer.alloc(OTHER_BYTES, 1);
  const took = Array.from({ length: CALLS }, () => {
    for (let at = 0; at < OTHER_BYTES; at += CACHE_LINE_BYTES) other[at] = (other[at] ?? 0) ^ 1;
    const startedAt = performance.now();
    work();
    return (performance.now() - startedAt) * 1_000;
  });
  return percentile(took, 50) ?? Number.NaN;
}
