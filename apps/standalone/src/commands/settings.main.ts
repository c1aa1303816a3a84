import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSettings, PROJECT_ROOT, settingsWarnings, settingWarning } from '@parley/config';
import { everySetting, settingsByService } from '../launch/service-settings';
import { checkSettings } from '../settings/check-settings';
import { envExample } from '../settings/env-example';
import { settingEntries } from '../settings/setting-entry';
import { settingsPage } from '../settings/settings-page';
import { exitWith } from '../terminal/explain';

const entries = settingEntries(settingsByService);

/** `npm run settings` writes the documentation; `npm run settings -- check` looks at this environment. */
function main(): void {
  if (process.argv[2] === 'check') {
    for (const line of checkSettings(entries)) process.stdout.write(`${line}\n`);
    for (const line of settingsWarnings(everySetting))
      process.stdout.write(`Warning: ${settingWarning(line)}\n`);
    loadSettings(everySetting);
    process.stdout.write('Everything else has its default, and all of it is valid.\n');
    return;
  }
  writeFileSync(join(PROJECT_ROOT, 'env.example'), envExample(entries));
  writeFileSync(join(PROJECT_ROOT, 'docs/settings.md'), settingsPage(entries));
  process.stdout.write(`${entries.length} settings written to env.example and docs/settings.md\n`);
}

try {
  main();
} catch (error) {
  exitWith(error);
}
