import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { unwrap, type ParleyClient } from '@parley/client';
import { auditActions, ChainCheck, type AuditEntry } from '@parley/contracts';
import { reachWorkspace } from '../launch/reach-system';
import { StartError } from '../launch/start-error';
import { exitWith } from '../terminal/explain';
import { harmless } from '../terminal/style';

const USAGE = `Usage:
  npm run audit                                    who decided what lately
  npm run audit -- verify [--expect <sequence>:<hash>]
      follows the chain from the newest entry to the first; with --expect also shows that an entry you know of
      is still there: without one, newest entries that somebody cut off are not missed
  Each with --workspace <id>, for the operator.`;

const LATELY = 50;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { expect: { type: 'string' }, workspace: { type: 'string' } },
  });
  const [action = 'list', ...more] = positionals;
  if (more.length > 0 || !['list', 'verify'].includes(action)) throw new StartError(USAGE);
  if (values.expect !== undefined && !/^\d+:[0-9a-f]{64}$/.test(values.expect)) {
    throw new StartError(USAGE);
  }
  const client = await reachWorkspace(values.workspace);
  if (action === 'list') await list(client);
  else await verify(client, values.expect);
}

async function list(client: ParleyClient): Promise<void> {
  let shown = 0;
  for await (const { at, action, actor, subjectId, details } of entriesOf(client)) {
    const more = Object.entries(details).map(([name, value]) => `${name}=${value}`);
    console.log(
      `${at}  ${auditActions[action]}: ${harmless(subjectId)}, by ${harmless(actor.name)} (${actor.id})`,
    );
    if (more.length > 0) console.log(`    ${harmless(more.join('  '))}`);
    if (++shown >= LATELY) return;
  }
  if (shown === 0) console.log('Nothing was decided yet.');
}

async function verify(client: ParleyClient, expected: string | undefined): Promise<void> {
  const check = new ChainCheck();
  let isExpectedThere = expected === undefined;
  for await (const entry of entriesOf(client)) {
    const fault = check.follow(entry);
    if (fault !== null) throw new StartError(`The chain breaks: ${fault}.`);
    if (`${entry.sequence}:${entry.hash}` === expected) isExpectedThere = true;
  }
  const fault = check.end();
  if (fault !== null) throw new StartError(`The chain breaks: ${fault}.`);
  if (!isExpectedThere)
    throw new StartError('The chain holds, but the expected entry is not in it.');
  const { newest } = check;
  if (!newest) {
    console.log('Nothing was decided yet.');
    return;
  }
  console.log(`The chain holds: ${check.count} entries since ${newest.workspaceId} was made.`);
  console.log('Keep this elsewhere and give it to the next --expect:');
  console.log(`${newest.sequence}:${newest.hash}`);
}

/** Newest first. */
async function* entriesOf(client: ParleyClient): AsyncGenerator<AuditEntry> {
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor ? { cursor } : {}) };
    const page = await unwrap(client.ingestion.GET('/v1/audit', { params: { query } }));
    yield* page.items as AuditEntry[];
    cursor = page.nextCursor;
  } while (cursor !== null);
}

main().catch(exitWith);
