import type { SettingEntry } from './setting-entry';
import { familiesOf, type SettingFamily } from './setting-family';
import { SETTING_GROUPS } from './setting-groups';

const HEAD = `# Every setting with its default; made by \`npm run settings\`, explained in docs/settings.md.
# Copy it to .env, keep what you change, and pass it as --env-file. Empty counts as unset.
# Secrets stay empty here: use <NAME>_FILE or /run/secrets/<name in lower case>.
`;

/** The text of \`env.example\`: usable as an env file, changing nothing. */
export function envExample(entries: SettingEntry[]): string {
  const groups = SETTING_GROUPS.map((group) => {
    const own = entries.filter((entry) => entry.group === group && entry.family === undefined);
    const text = [...own.map(lines), ...familiesOf(entries, group).map(familyLines)].join('');
    return text === '' ? '' : `\n# --- ${group} ---\n${text}`;
  });
  return HEAD + groups.join('');
}

function lines(entry: SettingEntry): string {
  const notes = [
    entry.description,
    ...(entry.unit === undefined ? [] : [`In ${entry.unit}.`]),
    ...(entry.derived && entry.default ? [`Default: ${entry.default}.`] : []),
    ...entry.otherDefaults.map(({ service, value }) => `Default of ${service}: ${value}.`),
    ...(entry.secret ? ['Secret.'] : []),
  ];
  const value = entry.secret || entry.derived ? '' : entry.default;
  return `# ${notes.join(' ')}\n${entry.name}=${value}\n`;
}

/** What nearly nobody sets has no line of its own. */
function familyLines({ name, entry }: SettingFamily): string {
  const unit = entry.unit === undefined ? '' : ` In ${entry.unit}.`;
  return `# ${name}: ${entry.description}${unit}\n`;
}
