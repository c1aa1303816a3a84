import { randomUUID } from 'node:crypto';
import { SCOPES, type Scope } from '@parley/contracts';
import { eventually } from '../../harness/eventually';
import { promised } from '../../harness/broken-promise';
import { send } from '../../harness/http';
import type { Subject } from './subject';

export interface StrangersKey {
  id: string;
  secret: string;
  workspaceId: string;
}

/**
 * A key of a workspace that is new and empty, once the service under test knows it.
 * @param scopes Default: all.
 */
export async function strangersKey(
  subject: Subject,
  scopes: readonly Scope[] = SCOPES,
): Promise<string> {
  return (await strangersFullKey(subject, scopes)).secret;
}

/** The same with its id and workspace. */
export async function strangersFullKey(
  subject: Subject,
  scopes: readonly Scope[] = SCOPES,
): Promise<StrangersKey> {
  // Alone in the world, and takes any.
  if (subject.name === 'careless') {
    return { id: randomUUID(), secret: randomUUID(), workspaceId: randomUUID() };
  }
  const workspaceId = randomUUID();
  await ingestion(subject, '/v1/workspaces', { id: workspaceId, name: 'Strangers' });
  const key = { name: 'Stranger', scopes, workspaceId };
  const made = (await ingestion(subject, '/v1/keys', key)) as StrangersKey;
  await eventually('the service took no key that ingestion had made', 10_000, async () => {
    const { status } = await subject.ask('/v1/nothing', { key: made.secret });
    return status === 404 ? true : undefined;
  });
  return made;
}

/** The operator takes the key away. */
export async function revoke({ around, name }: Subject, key: StrangersKey): Promise<void> {
  if (name === 'careless') return;
  const url = around.env.INGESTION_URL ?? '';
  const headers = { 'x-workspace-id': key.workspaceId };
  const ask = { method: 'DELETE', key: around.keys[0], headers };
  const { status } = await send(url, `/v1/keys/${key.id}`, ask);
  promised(status === 204, `DELETE of a key at ingestion answered ${status}`);
}

async function ingestion({ around }: Subject, path: string, json: object): Promise<unknown> {
  const url = around.env.INGESTION_URL ?? '';
  const answer = await send(url, path, { method: 'POST', json, key: around.keys[0] });
  promised(answer.status === 201, `POST ${path} of ingestion answered ${answer.status}`);
  return answer.json;
}
