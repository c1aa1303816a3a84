import { readFileSync } from 'node:fs';
import { nativeRequire } from '../../apps/integrations/src/testing/native-require';

/**
 * Lints a document with the recommended rules of Redocly, all of them.
 * @returns one line for each finding, warnings included.
 */
export async function lintDocument(file: string): Promise<string[]> {
  const { createConfig, lintFromString } = nativeRequire(
    '@redocly/openapi-core',
  ) as typeof import('@redocly/openapi-core');
  const config = await createConfig({ extends: ['recommended'] });
  const source = readFileSync(file, 'utf8');
  const found = await lintFromString({ source, absoluteRef: file, config });
  return found.map(({ severity, ruleId, message, location: [place] }) => {
    return `${severity} ${ruleId}: ${message} (${place?.pointer ?? '#'})`;
  });
}
