import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import { privacyPage } from './privacy-page';
import { clientTypes } from './client-types';
import { writeDocuments } from './write-documents';

export const DOCUMENTS_FOLDER = join(PROJECT_ROOT, 'docs/api');
/** The documents that clients in the field were made from. */
export const BASELINE_FOLDER = join(DOCUMENTS_FOLDER, 'baseline');

/** Everything that is made from the code and committed, by path from the project's root. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const documents = await writeDocuments();
  const files = new Map<string, string>();
  for (const name of SERVICE_NAMES) {
    const document = documents[name];
    files.set(`docs/api/${name}.openapi.json`, `${JSON.stringify(document, null, 2)}\n`);
    files.set(`libs/client/src/generated/${name}.ts`, await clientTypes(document));
  }
  const privacy = 'docs/privacy.md';
  files.set(privacy, privacyPage(readFileSync(join(PROJECT_ROOT, privacy), 'utf8')));
  return files;
}
