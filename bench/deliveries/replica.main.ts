// As the service does: small while it loads, and untraced, as it is unless an operator names a collector.
import { bootFinished } from '@parley/boot';
import 'reflect-metadata';
import { hash } from 'node:crypto';
import { newId, newKeySecret, SCOPES, type KeyId } from '@parley/contracts';
import { configureLogging } from '@parley/observability';
import { createService, KeyRing } from '@parley/service';
import { SecretBox } from '../../apps/integrations/src/connections/secret-box';
import { IntegrationsModule } from '../../apps/integrations/src/integrations.module';
import { ownCpuMs } from '../own-cpu';
import { measureParts } from './part-costs';
import type { ReplicaAnswer, ReplicaOrder, ReplicaReady } from './replica-messages';

/** One replica of integrations, which answers how much processor time it took and can be told not to encrypt. */
async function main(): Promise<void> {
  configureLogging({ level: 'info', file: '/dev/null' });
  const { app, url } = await createService(IntegrationsModule, 'integrations', { port: 0 });
  bootFinished();
  const ring = app.get(KeyRing, { strict: false });
  const id = newId<KeyId>();
  const apiKey = newKeySecret(id);
  const about = { workspaceId: 'bench', name: 'bench', scopes: [...SCOPES], expiresAt: null };
  ring.replace([{ id, hash: hash('sha256', apiKey), ...about }]);
  const box = app.get(SecretBox, { strict: false });
  const sealing = { seal: box.seal.bind(box), open: box.open.bind(box) };
  const leaving = unsealed(box);
  process.on('message', (order: ReplicaOrder) => {
    if (order === 'sealed') Object.assign(box, sealing);
    if (order === 'plain') Object.assign(box, leaving);
    const parts = order === 'parts' ? { parts: measureParts(box, ring, apiKey) } : {};
    tell({ cpuMs: ownCpuMs(), ...parts });
  });
  // The bench has gone, however it ended: nobody else stops this replica, and its database goes as well.
  process.once('disconnect', () => process.exit(0));
  tell({ url, apiKey });
}

/** The same box without its lock: the baseline. */
function unsealed({ newest }: SecretBox): Pick<SecretBox, 'seal' | 'open'> {
  return {
    seal: (secrets) => ({ keyId: newest, text: JSON.stringify(secrets) }),
    open: ({ text }) => JSON.parse(text) as Record<string, unknown>,
  };
}

function tell(message: ReplicaReady | ReplicaAnswer): void {
  process.send?.(message);
}

void main();
