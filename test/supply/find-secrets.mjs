// `node test/supply/find-secrets.mjs [folder]`: prints what in the files that git keeps looks like somebody's secret.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

/** Written to look like secrets: in tests that plant them, and in places that are to be filled in. */
const INVENTED = [
  'xoxb-your-bot-token',
  'xoxb-1-fake-token',
  'zzqq',
  'user:secret@example.com',
  'me:secret@example.com',
  'planted-password',
  // The embedded database takes any password, and listens on the loopback address alone.
  'parley:parley@127.0.0.1',
];
const RULES = [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }];

const folder = resolve(process.argv[2] ?? '.');
const listed = execFileSync('git', ['ls-files', '-z'], { cwd: folder, encoding: 'utf8' });
let found = 0;
for (const file of listed.split('\0').filter(Boolean)) {
  const content = readFileSync(join(folder, file), 'utf8');
  if (content.includes('\0')) continue;
  const source = { filePath: file, content, ext: '', contentType: 'text' };
  const { messages } = await lintSource({ source, options: { config: { rules: RULES } } });
  for (const { range, loc, ruleId } of messages) {
    const text = content.slice(...range);
    if (INVENTED.some((one) => text.includes(one))) continue;
    found += 1;
    // Where, not what: this is read in logs.
    console.log(`${file}:${loc.start.line} ${ruleId}`);
  }
}
process.exit(found === 0 ? 0 : 1);
