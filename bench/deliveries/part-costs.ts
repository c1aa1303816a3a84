import type { IncomingMessage } from 'node:http';
import { authenticate, requireScope, ServiceKeys, type KeyRing } from '@parley/service';
import type { SecretBox } from '../../apps/integrations/src/connections/secret-box';

/** Processor time of each part, called by itself many times over. Unit: microseconds. */
export interface PartCosts {
  seal: number;
  open: number;
  /** Who shows a key, and whether it has the scope. */
  scope: number;
}

const CALLS = 20_000;

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

/** After a round for the compiler. */
function microsecondsOf(work: () => unknown): number {
  for (let call = 0; call < CALLS; call++) work();
  const before = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}
