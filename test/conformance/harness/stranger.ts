import { randomUUID } from 'node:crypto';
import { SCOPES, type Scope } from '@parley/contracts';
import { eventually } from '../../harness/eventually';
import { promised } from '../../harness/broken-promise';
import { send } from '../../harness/http';
import type { Subject } from './subject';

/**
 * A key of a workspace that is new and empty, once the service under test knows it.
 * @param scopes Default: all.
 */
export async function strangersKey(
  subject: Subject,
  scopes: readonly Scope[] = SCOPES,
): Promise<string> {
  // Alone in the world, and takes any.
  if (subject.name === 'careless') return randomUUID();
  const workspaceId = randomUUID();
  await ingestion(subject, '/v1/workspaces', { id: workspaceId, name: 'Strangers' });
  const key = { name: 'Stranger', scopes, workspaceId };
  const { secret } = (await ingestion(subject, '/v1/keys', key)) as { secret: string };
  await eventually('the service took no key that ingestion had made', 10_000, async () => {
    const { status } = await subject.ask('/v1/nothing', { key: secret });
    return status === 404 ? true : undefined;
  });
  return secret;
}

async function ingestion({ around }: Subject, path: string, json: object): Promise<unknown> {
  const url = around.env.INGESTION_URL ?? '';
  const answer = await send(url, path, { method: 'POST', json, key: around.keys[0] });
  promised(answer.status === 201, `POST ${path} of ingestion answered ${answer.status}`);
  return answer.json;
}
