import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import { breakingChanges } from './breaking-changes';
import type { Doc } from './document';
import { BASELINE_FOLDER, DOCUMENTS_FOLDER, generatedFiles } from './generated-files';
import { lintDocument } from './lint-document';

const read = (folder: string, name: string): Doc =>
  JSON.parse(readFileSync(join(folder, `${name}.openapi.json`), 'utf8')) as Doc;

describe('the committed documents and client', () => {
  it('are what the code says (npm run openapi writes them)', async () => {
    for (const [path, text] of await generatedFiles()) {
      const committed = readFileSync(join(PROJECT_ROOT, path), 'utf8');
      if (committed !== text) throw new Error(`${path} is stale: run npm run openapi`);
    }
  });

  it.each(SERVICE_NAMES)('of %s follow all recommended rules', async (name) => {
    const file = join(DOCUMENTS_FOLDER, `${name}.openapi.json`);
    expect(await lintDocument(file)).toEqual([]);
  });

  it.each(SERVICE_NAMES)(
    'of %s break no client of the last release (npm run openapi -- --accept-breaking, when it is meant)',
    (name) => {
      const changes = breakingChanges(read(BASELINE_FOLDER, name), read(DOCUMENTS_FOLDER, name));
      expect(changes).toEqual([]);
    },
  );
});

describe('every route', () => {
  const operations = SERVICE_NAMES.flatMap((service) =>
    Object.entries(read(DOCUMENTS_FOLDER, service).paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ service, path, method, operation })),
    ),
  );

  it('is named, for clients that are generated', () => {
    const unnamed = operations.filter(
      ({ operation }) => !/^[a-z]+([A-Z][a-z]+)*$/.test(operation.operationId ?? ''),
    );
    expect(unnamed.map(({ service, method, path }) => `${service} ${method} ${path}`)).toEqual([]);
  });

  it('that writes, names the scope of its callers (@NeedsScope); only the operator may what else there is', () => {
    const ofTheOperator = operations.filter(({ operation }) => operation['x-scope'] === 'operator');
    expect(ofTheOperator.map(({ operation }) => operation.operationId).sort()).toEqual([
      'createWorkspace',
      'listAnnouncedKeys',
      'listWorkspaces',
    ]);
  });

  it('says what its success holds, or that it holds nothing', () => {
    const silent = operations.filter(({ operation }) =>
      Object.entries(operation.responses).some(
        ([status, answer]) =>
          status.startsWith('2') && status !== '204' && !('content' in answer && answer.content),
      ),
    );
    expect(silent.map(({ service, method, path }) => `${service} ${method} ${path}`)).toEqual([]);
  });
});
