import { unwrap } from '@parley/client';
import type { RunningSystem } from '../launch/launch-system';
import type { Style } from './style';

/** What runs where, and on which engines. */
export async function systemTable(system: RunningSystem, style: Style): Promise<string> {
  const { client, services, embedded, settings } = system;
  const { items } = await unwrap(client.asr.GET('/v1/engines'));
  const rows = services.map(({ name, url }) => [name, url, `${url}/docs`]);
  const text =
    settings.OPENAI_BASE_URL || settings.OPENAI_API_KEY
      ? settings.OPENAI_TEXT_MODEL
      : 'extractive (no model configured)';
  const facts = [
    ['database', embedded.database ? 'embedded Postgres (PGlite)' : 'DATABASE_URL'],
    ['event bus', embedded.bus ? 'embedded, in memory' : 'REDIS_URL'],
    ...engineRows(items),
    ['understanding', 'learnt intents, rules (parley-learnt-2)'],
    ['embeddings', settings.OPENAI_EMBEDDING_MODEL ?? 'Universal Sentence Encoder lite'],
    ['text', text],
  ];
  return [
    ...table([['service', 'listens on', 'explorer'], ...rows], style),
    '',
    ...table(facts),
  ].join('\n');
}

/** One row a kind; of several engines the first is asked, the others stand in for it. */
function engineRows(items: { kind: string; name: string }[]): string[][] {
  return [...new Set(items.map(({ kind }) => kind))].map((kind) => {
    const [first, ...others] = items.filter((one) => one.kind === kind).map(({ name }) => name);
    return [kind, [first, ...others.map((name) => `or else ${name}`)].join(', ')];
  });
}

function table(rows: string[][], style?: Style): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row, index) => {
    const line =
      `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd();
    return style && index === 0 ? style.bold(line) : line;
  });
}
