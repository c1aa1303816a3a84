import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { loadSettings, PROJECT_ROOT, SERVICE_NAMES, serviceSettings } from '@parley/config';
import { z } from 'zod';
import { everySetting, settingsByService } from '../launch/service-settings';
import { checkSettings } from './check-settings';
import { envExample } from './env-example';
import { settingEntries } from './setting-entry';
import { settingsPage } from './settings-page';

const entries = settingEntries(settingsByService);
const committed = (path: string): string => readFileSync(join(PROJECT_ROOT, path), 'utf8');
const from = (env: Record<string, string | undefined>) => ({ env, secretsDir: '/nowhere' });

describe('the documentation of the settings', () => {
  it('is what the schemas say: run `npm run settings` and commit when this fails', () => {
    expect(committed('env.example')).toBe(envExample(entries));
    expect(committed('docs/settings.md')).toBe(settingsPage(entries));
  });

  it('has an env.example that can be used as it is and changes nothing', () => {
    const env = parseEnv(committed('env.example')) as Record<string, string>;
    const single = entries.filter(({ family }) => family === undefined);
    expect(Object.keys(env)).toEqual(expect.arrayContaining(single.map(({ name }) => name)));
    expect(Object.keys(env)).toHaveLength(single.length);
    const key = { APPROVAL_SIGNING_KEY: 'a-key-for-this-test-only-0123456789' };
    for (const name of SERVICE_NAMES) {
      const schema = settingsByService[name];
      expect(loadSettings(schema, from({ ...env, ...key }))).toEqual(
        loadSettings(schema, from(key)),
      );
    }
  });

  it('leaves every secret empty', () => {
    const secrets = entries.filter(({ secret }) => secret);
    expect(secrets.map(({ name }) => name)).toContain('DATABASE_URL');
    for (const { name } of secrets) expect(committed('env.example')).toContain(`\n${name}=\n`);
  });

  it('says who reads a setting, and whose default is another', () => {
    const schema = (initial: number) =>
      z.object({
        ...serviceSettings.shape,
        WAIT_SECONDS: z.coerce.number().default(initial).meta({ description: 'To wait.' }),
      });
    const schemas = { ...settingsByService, rag: schema(20), agent: schema(15), asr: schema(15) };
    const entry = settingEntries(schemas).find(({ name }) => name === 'WAIT_SECONDS');
    expect(entry).toMatchObject({
      services: ['asr', 'rag', 'agent'],
      default: '15',
      otherDefaults: [{ service: 'rag', value: '20' }],
    });
  });

  it('tells where settings come from, without a value', () => {
    const lines = checkSettings(
      entries,
      from({ NLU_PORT: '9003', RAG_PORT_FILE: '/nowhere/port' }),
    );
    expect(lines.join('\n')).toMatch(
      /^NLU_PORT +environment\nRAG_PORT +RAG_PORT_FILE cannot be read/,
    );
    expect(lines.join('\n')).not.toContain('9003');
  });

  it('checks the settings of all six services as one', () => {
    expect(() =>
      loadSettings(
        everySetting,
        from({ ASR_MAX_MEETINGS: 'many', RAG_MAX_CHUNKS: '0', HOST: 'x' }),
      ),
    ).toThrow(/ASR_MAX_MEETINGS: expected number.*RAG_MAX_CHUNKS: more than 0/s);
  });
});
