import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { unwrap, type ParleyClient } from '@parley/client';
import { SCOPES, type Scope } from '@parley/contracts';
import { reachWorkspace } from '../launch/reach-system';
import { StartError } from '../launch/start-error';
import { exitWith } from '../terminal/explain';
import { harmless } from '../terminal/style';

const USAGE = `Usage:
  npm run keys                                             the API keys that are not revoked
  npm run keys -- create --name <name> --scopes <scopes>   makes one and shows its secret, once
                         [--expires <RFC 3339>]            scopes: ${SCOPES.join(',')}
  npm run keys -- revoke <id>                              refuses one from now on, for good
  Each with --workspace <id>, for the operator.`;

const options = {
  name: { type: 'string' },
  scopes: { type: 'string' },
  expires: { type: 'string' },
  workspace: { type: 'string' },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [action = 'list', id, ...more] = positionals;
  const { name, expires, workspace } = values;
  const scopes = values.scopes?.split(',').map((scope) => scope.trim());
  if (more.length > 0 || (action === 'revoke') !== (id !== undefined)) throw new StartError(USAGE);
  if (action === 'create') {
    if (name === undefined || !scopes?.every(isScope)) throw new StartError(USAGE);
    await create(await reachWorkspace(workspace), {
      ...{ name, scopes },
      ...(expires === undefined ? {} : { expiresAt: expires }),
    });
  } else if (id !== undefined) {
    await revoke(await reachWorkspace(workspace), id);
  } else if (action === 'list') {
    await list(await reachWorkspace(workspace));
  } else {
    throw new StartError(USAGE);
  }
}

async function create(
  client: ParleyClient,
  body: { name: string; scopes: Scope[]; expiresAt?: string },
): Promise<void> {
  const { id, workspaceId, secret } = await unwrap(client.ingestion.POST('/v1/keys', { body }));
  console.log(`Key ${id} of ${workspaceId}. Its secret is shown this once:`);
  console.log(secret);
}

async function list(client: ParleyClient): Promise<void> {
  let cursor: string | null = null;
  let count = 0;
  do {
    const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor ? { cursor } : {}) };
    const page = await unwrap(client.ingestion.GET('/v1/keys', { params: { query } }));
    for (const { id, name, scopes, createdBy, createdAt, expiresAt } of page.items) {
      console.log(`${id}  ${harmless(name)}  ${scopes.join(',')}`);
      const until = expiresAt === null ? 'until it is revoked' : `until ${expiresAt}`;
      console.log(`    made by ${harmless(createdBy)} at ${createdAt}, valid ${until}`);
    }
    count += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null);
  if (count === 0) console.log('There are no API keys.');
}

async function revoke(client: ParleyClient, id: string): Promise<void> {
  await unwrap(client.ingestion.DELETE('/v1/keys/{id}', { params: { path: { id } } }));
  console.log('Revoked. It is refused everywhere within seconds.');
}

function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}

main().catch(exitWith);
