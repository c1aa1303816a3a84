import type { ServiceName } from '@parley/config';
import type { TableHolding } from '@parley/database';
import { agentHoldings } from '../../apps/agent/src/agent.holdings';
import { asrHoldings } from '../../apps/asr/src/asr.holdings';
import { ingestionHoldings } from '../../apps/ingestion/src/ingestion.holdings';
import { integrationsHoldings } from '../../apps/integrations/src/integrations.holdings';
import { nluHoldings } from '../../apps/nlu/src/nlu.holdings';
import { ragHoldings } from '../../apps/rag/src/rag.holdings';

/** What each service keeps of meetings, as the services declare it and erase by it. */
export const holdingsByService: Record<ServiceName, readonly TableHolding[]> = {
  ingestion: ingestionHoldings,
  asr: asrHoldings,
  nlu: nluHoldings,
  rag: ragHoldings,
  agent: agentHoldings,
  integrations: integrationsHoldings,
};

const BEGIN = '<!-- made from the holdings of the services: npm run openapi -->';
const END = '<!-- end of what is made -->';

/** `docs/privacy.md` with its table as the code says; the rest is written by hand. */
export function privacyPage(page: string): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error('docs/privacy.md has no place for its table');
  return `${page.slice(0, from + BEGIN.length)}\n\n${table()}\n\n${page.slice(to)}`;
}

function table(): string {
  const rows = Object.entries(holdingsByService).flatMap(([service, holdings]) =>
    holdings.map((holding) => [
      `\`${service}.${holding.table}\``,
      holding.holds,
      holding.words?.stays ?? 'all of it: there are no words in it',
      fateOf(holding),
    ]),
  );
  const heads = [
    'table',
    'what stands in it',
    'what stays of a notes-only meeting',
    'when it is erased',
  ];
  const all = [heads, ...rows];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function fateOf({ onErasure }: TableHolding): string {
  if (onErasure === 'delete') return 'the rows go';
  if (onErasure === 'keep') return 'stays';
  return `emptied; what is left: ${onErasure.rest}`;
}
