import { PROVIDERS, SERVICE_NAMES } from '@parley/config';
import type { SettingEntry } from './setting-entry';
import { familiesOf } from './setting-family';
import { SETTING_GROUPS } from './setting-groups';

const HEAD = `# Settings

Made from the schemas by \`npm run settings\`; \`npm run settings -- check\` says which of them are set here, and
from where.

A setting comes from the environment, from the file that \`<NAME>_FILE\` names, or from
\`/run/secrets/<name in lower case>\`. White space around a value is no part of it, and empty counts as unset. The
same value from two places is fine; two different ones end the start, as does every value that breaks its rule: all
of them are named at once, none is printed. Numbers are plain decimals in the unit of the table (\`5\` or \`0.5\`, not
\`5s\`). A variable that looks like a misspelt setting is warned of in the log; one for a provider that does
not exist ends the start. \`<PROVIDER>\` is one of ${PROVIDERS.map(code).join(', ')}.

Settings marked _secret_ are never printed or logged, and \`env.example\` leaves them empty.
`;

const COLUMNS = ['setting', 'default', 'unit', 'read by', 'meaning'];

/** The text of \`docs/settings.md\`. */
export function settingsPage(entries: SettingEntry[]): string {
  const groups = SETTING_GROUPS.map((group) => {
    const own = [
      ...entries.filter((entry) => entry.group === group && entry.family === undefined),
      ...familiesOf(entries, group).map(({ name, entry }) => ({ ...entry, name })),
    ];
    return own.length === 0 ? '' : `\n## ${group}\n\n${table([COLUMNS, ...own.map(cells)])}`;
  });
  return HEAD + groups.join('');
}

function cells(entry: SettingEntry): string[] {
  const others = entry.otherDefaults.map(({ service, value }) => `${service} ${code(value)}`);
  const all = entry.services.length === SERVICE_NAMES.length;
  return [
    `${code(entry.name)}${entry.secret ? ' _secret_' : ''}`,
    [code(entry.default) || 'unset', ...others].join('; '),
    entry.unit ?? '',
    all ? 'all' : entry.services.join(', '),
    entry.description.replaceAll('|', '\\|').replace(/<[^>]+>/g, (text) => code(text)),
  ];
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** Padded the way the formatter wants it. */
function table(rows: string[][]): string {
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  const line = (row: string[], fill = ' '): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0, fill)).join(' | ')} |\n`;
  const [head = [], ...body] = rows;
  return (
    line(head) +
    line(
      COLUMNS.map(() => ''),
      '-',
    ) +
    body.map((row) => line(row)).join('')
  );
}
