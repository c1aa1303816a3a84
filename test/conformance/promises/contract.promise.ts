import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeRequire } from '../../../apps/integrations/src/testing/native-require';
import { promised } from '../../harness/broken-promise';
import { complaintsAbout } from '../harness/contract-check';
import { asksForNothing, resolvedResponse, routesOf } from '../harness/open-api';
import { pledges } from '../pledge';

export const contractPledges = pledges(14, [
  {
    says: 'serves an OpenAPI document that lints clean',
    check: async (subject) => {
      const { createConfig, lint } = nativeRequire(
        '@redocly/openapi-core',
      ) as typeof import('@redocly/openapi-core');
      const document = await subject.openApi();
      const folder = mkdtempSync(join(tmpdir(), 'parley-conformance-'));
      try {
        const file = join(folder, 'openapi.json');
        writeFileSync(file, JSON.stringify(document));
        const config = await createConfig({ extends: ['recommended'] });
        const found = await lint({ ref: file, config });
        const messages = found.map(({ ruleId, message }) => `${ruleId}: ${message}`);
        promised(
          found.length === 0,
          `${found.length} complaints: ${messages.slice(0, 5).join('; ')}`,
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    says: 'documents for every route its success, its refusals as problems, and what it takes',
    check: async (subject) => {
      const document = await subject.openApi();
      promised(/^3\.[01]/.test(document.openapi), `it is OpenAPI ${document.openapi}`);
      for (const { method, template, operation } of routesOf(document)) {
        if (!template.startsWith('/v1/')) continue;
        const about = `${method} ${template}`;
        const statuses = Object.keys(operation.responses);
        promised(
          statuses.some((status) => status.startsWith('2')),
          `${about} documents no success`,
        );
        for (const status of asksForNothing(operation) ? ['429'] : ['401', '429']) {
          promised(
            statuses.some((known) => known === status || known === 'default' || known === '4XX'),
            `${about} does not document ${status}`,
          );
        }
        for (const [status, response] of Object.entries(operation.responses)) {
          if (!/^[45]/.test(status)) continue;
          const types = Object.keys(resolvedResponse(response, document).content ?? {});
          promised(types.includes('application/problem+json'), `${about} ${status} is no problem`);
        }
      }
    },
  },
  {
    // The last of all: what the other promises were answered is the material.
    says: 'answered everything in this run as its document says',
    check: async (subject) => {
      const document = await subject.openApi();
      const complaints = complaintsAbout(subject.seen, document);
      promised(subject.seen.length > 20, `only ${subject.seen.length} answers were seen`);
      promised(
        complaints.length === 0,
        `${complaints.length} answers differ:\n${complaints.slice(0, 10).join('\n')}`,
      );
    },
  },
]);
