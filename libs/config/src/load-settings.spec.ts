import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { loadSettings } from './load-settings';
import { serviceSettings } from './service-settings';
import { SettingsError } from './settings-error';

const schema = z.object({
  TOKEN: z.string().min(4).optional(),
  COUNT: z.coerce.number().int().positive().default(3),
});

describe('loadSettings', () => {
  let secretsDir: string;
  beforeEach(() => {
    secretsDir = mkdtempSync(join(tmpdir(), 'parley-secrets-'));
  });
  afterEach(() => {
    rmSync(secretsDir, { recursive: true });
  });

  it('gives every service its defaults in an empty environment', () => {
    expect(loadSettings(serviceSettings, { env: {}, secretsDir })).toMatchObject({
      HOST: '127.0.0.1',
      RAG_URL: 'http://localhost:8004',
      DATA_DIR: '.parley',
    });
  });

  it('counts an empty variable as unset', () => {
    expect(loadSettings(schema, { env: { COUNT: '' }, secretsDir }).COUNT).toBe(3);
  });

  it('reads a value from the file that <NAME>_FILE names', () => {
    const path = join(secretsDir, 'elsewhere');
    writeFileSync(path, 'from-file\n');
    expect(loadSettings(schema, { env: { TOKEN_FILE: path }, secretsDir }).TOKEN).toBe('from-file');
  });

  it('accepts equal values from the environment and a Docker secret', () => {
    writeFileSync(join(secretsDir, 'token'), 'same');
    expect(loadSettings(schema, { env: { TOKEN: 'same' }, secretsDir }).TOKEN).toBe('same');
  });

  it('names every bad and contradictory setting at once and prints no value', () => {
    writeFileSync(join(secretsDir, 'token'), 'secret-one');
    const load = (): unknown =>
      loadSettings(schema, { env: { TOKEN: 'secret-two', COUNT: 'many-secret' }, secretsDir });
    expect(load).toThrow(SettingsError);
    try {
      load();
    } catch (error) {
      const { message } = error as Error;
      expect(message).toContain('TOKEN is set twice');
      expect(message).toContain('COUNT: expected number');
      expect(message).not.toMatch(/secret-one|secret-two|many-secret/);
    }
  });

  it('says which file could not be read', () => {
    const load = (): unknown =>
      loadSettings(schema, { env: { TOKEN_FILE: join(secretsDir, 'absent') }, secretsDir });
    expect(load).toThrow('TOKEN_FILE cannot be read');
  });
});
