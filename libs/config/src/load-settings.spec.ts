import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { loadSettings, peekSetting, settingsWarnings, settingWarning } from './load-settings';
import { serviceSettings } from './service-settings';
import { flag } from './setting-schema';
import { SettingsError } from './settings-error';

const schema = z.object({
  TOKEN: z.string().min(4).optional(),
  COUNT: z.coerce.number().int().positive().default(3),
  WAIT_SECONDS: z.coerce.number().min(0).default(5).meta({ unit: 'seconds' }),
  ENABLED: flag(false),
});

describe('loadSettings', () => {
  let secretsDir: string;
  beforeEach(() => {
    secretsDir = mkdtempSync(join(tmpdir(), 'parley-secrets-'));
  });
  afterEach(() => {
    rmSync(secretsDir, { recursive: true });
  });

  const load = (env: Record<string, string>) => loadSettings(schema, { env, secretsDir });
  const problemsOf = (env: Record<string, string>): string[] => {
    try {
      load(env);
    } catch (error) {
      if (error instanceof SettingsError) return error.problems;
      throw error;
    }
    return [];
  };

  it('gives every service its defaults in an empty environment', () => {
    expect(loadSettings(serviceSettings, { env: {}, secretsDir })).toMatchObject({
      HOST: '127.0.0.1',
      RAG_URL: 'http://localhost:8004',
      DATA_DIR: '.parley',
      SHUTDOWN_GRACE_SECONDS: 25,
      TIMEOUT_OPENAI_SECONDS: 60,
    });
  });

  it.each(['', ' ', '\r\n'])('counts a variable of nothing as unset: %j', (empty) => {
    expect(load({ COUNT: empty }).COUNT).toBe(3);
  });

  describe('from files', () => {
    const secret = (text: string, name = 'token'): string => {
      const path = join(secretsDir, name);
      writeFileSync(path, text);
      return path;
    };

    it.each(['from-file', 'from-file\n', 'from-file\r\n', ' from-file '])(
      'takes the value without the white space around it: %j',
      (text) => {
        expect(load({ TOKEN_FILE: secret(text, 'elsewhere') }).TOKEN).toBe('from-file');
        expect((secret(text), load({}).TOKEN)).toBe('from-file');
      },
    );

    it('counts an empty one as unset', () => {
      secret('\n');
      expect(load({}).TOKEN).toBeUndefined();
    });

    it('accepts the same value from several places', () => {
      const path = secret('same');
      expect(load({ TOKEN: 'same', TOKEN_FILE: path }).TOKEN).toBe('same');
    });

    it('refuses two different values, naming the places and neither value', () => {
      secret('secret-one');
      const problems = problemsOf({ TOKEN: 'secret-two' });
      expect(problems).toEqual([
        'TOKEN is set twice, to different values (environment, the secret token)',
      ]);
    });

    it('says why one cannot be read, every one of them', () => {
      mkdirSync(join(secretsDir, 'token'));
      expect(
        problemsOf({ TOKEN_FILE: join(secretsDir, 'absent'), COUNT_FILE: secretsDir }),
      ).toEqual([
        'TOKEN_FILE cannot be read: there is no such file',
        'TOKEN: the secret token cannot be read: it is a directory',
        'COUNT_FILE cannot be read: it is a directory',
      ]);
    });

    it('refuses one that is no setting by its size', () => {
      const path = secret('x'.repeat(100_000), 'large');
      expect(problemsOf({ TOKEN_FILE: path })).toEqual([
        'TOKEN_FILE cannot be read: more than 65536 bytes',
      ]);
    });
  });

  it.each(['5s', '1e3', '0x10', 'Infinity', 'NaN', '1,5', '5 000', '--5', 'many'])(
    'takes plain decimals as numbers, not %s',
    (text) => {
      expect(problemsOf({ WAIT_SECONDS: text })).toEqual([
        'WAIT_SECONDS: expected number (seconds), plain digits',
      ]);
    },
  );

  it.each([
    ['5', 5],
    ['0.5', 0.5],
    [' 5 ', 5],
    ['0', 0],
  ])('reads %j as a number of seconds', (text, seconds) => {
    expect(load({ WAIT_SECONDS: text }).WAIT_SECONDS).toBe(seconds);
  });

  it('takes 0, 1, false and true as a flag, and nothing else', () => {
    expect(['1', 'true', '0', 'false'].map((ENABLED) => load({ ENABLED }).ENABLED)).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
    expect(problemsOf({ ENABLED: 'yes' })).toEqual(['ENABLED: one of 1, true, 0, false']);
  });

  it('names every bad and contradictory setting at once and prints no value', () => {
    writeFileSync(join(secretsDir, 'token'), 'secret-one');
    const problems = problemsOf({
      ...{ TOKEN: 'secret-two', COUNT: '0', ENABLED: 'maybe' },
      ...{ TIMEOUT_SLAK_SECONDS: '3' },
    });
    expect(problems.map((problem) => problem.split(/:? /)[0])).toEqual([
      ...['TOKEN', 'COUNT', 'ENABLED', 'TIMEOUT_SLAK_SECONDS'],
    ]);
    expect(problems.join()).not.toMatch(/secret-one|secret-two|maybe/);
  });

  it('holds rules between settings, once each of them is valid by itself', () => {
    const env = { SHUTDOWN_DELAY_SECONDS: '30' };
    const start = (more: Record<string, string>) => () =>
      loadSettings(serviceSettings, { env: { ...env, ...more }, secretsDir });
    expect(start({})).toThrow('SHUTDOWN_DELAY_SECONDS must be less than SHUTDOWN_GRACE_SECONDS');
    expect(start({ SHUTDOWN_GRACE_SECONDS: 'long' })).not.toThrow('must be less');
    expect(start({ SHUTDOWN_GRACE_SECONDS: '31' })).not.toThrow();
  });

  it('sends nothing to an endpoint that nobody named', () => {
    const start = (env: Record<string, string>) => () =>
      loadSettings(serviceSettings, { env, secretsDir });
    const model = { OPENAI_SPEECH_MODEL: 'whisper-1' };
    expect(start(model)).toThrow(
      'OPENAI_SPEECH_MODEL is set, which needs OPENAI_BASE_URL or OPENAI_API_KEY',
    );
    expect(start({ ...model, OPENAI_BASE_URL: 'http://localhost:8000/v1' })).not.toThrow();
    expect(start({ ...model, OPENAI_API_KEY: 'key' })).not.toThrow();
    expect(
      start({ ...model, OPENAI_API_KEY: 'key', OPENAI_SPEECH_LANGUAGES: 'en, german' }),
    ).toThrow('OPENAI_SPEECH_LANGUAGES: expected languages such as en,de');
  });

  it('refuses a setting for a provider that does not exist, and lists those that do', () => {
    expect(problemsOf({ TIMEOUT_SLAK_SECONDS: '3' })).toEqual([
      'TIMEOUT_SLAK_SECONDS: no such provider; known are ' +
        'TIMEOUT_WEBHOOK_SECONDS, TIMEOUT_SLACK_SECONDS, ' +
        'TIMEOUT_GMAIL_SECONDS, TIMEOUT_CALENDAR_SECONDS, TIMEOUT_NOTION_SECONDS, ' +
        'TIMEOUT_JIRA_SECONDS, TIMEOUT_SMTP_SECONDS, TIMEOUT_FILE_SECONDS, TIMEOUT_OPENAI_SECONDS',
    ]);
    expect(problemsOf({ TIMEOUT_WEBHOOK_SECONDS: '3' })).toEqual([]);
    expect(problemsOf({ TIMEOUT_OPENAI_SECONDS: '3' })).toEqual([]);
  });

  it.each([
    ['TOTAL_BUDGET_SLAK_SECONDS', 'TOTAL_BUDGET_SLACK_SECONDS'],
    ['RETRY_SLAK_MAX_ATTEMPTS', 'RETRY_SLACK_MAX_ATTEMPTS'],
    ['RETRY_SLAK_BASE_SECONDS', 'RETRY_SLACK_BASE_SECONDS'],
    ['RETRY_OPENAI_BUDGET_PERCENT', 'RETRY_SLACK_BUDGET_PERCENT'],
    ['CB_SLAK_WINDOW_SECONDS', 'CB_SLACK_WINDOW_SECONDS'],
    ['CB_SLAK_MAX_FAILURES', 'CB_SLACK_MAX_FAILURES'],
  ])('refuses %s as well, and knows %s', (given, known) => {
    const problems = problemsOf({ [given]: '3', [known]: '4' });
    expect(problems).toEqual([expect.stringContaining(`${given}: no such provider; known are `)]);
    expect(problems.join()).toContain(known);
    expect(problems.join()).not.toContain('OPENAI,');
  });

  it.each([
    ['TIMEOUT_SLAK_SECONDS', ''],
    ['RETRY_SLAK_MAX_ATTEMPTS', ' '],
    ['RETRY_QUEUE_MAX_ATTEMPTS', '3'],
    ['CB_HTTP_MAX_FAILURES', '3'],
  ])('starts all the same with %s, which says nothing or may be another program’s: %j', (...of) => {
    expect(problemsOf(Object.fromEntries([of]))).toEqual([]);
  });
});

describe('a variable that looks like a setting', () => {
  const warnings = (env: Record<string, string>): string[] =>
    settingsWarnings(serviceSettings, { env, secretsDir: '/nowhere' }).map(settingWarning);

  it.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['database_url', 'DATABASE_URL'],
    ['REDIS_URLS', 'REDIS_URL'],
    ['OPENAI_API_KEY_FIL', 'OPENAI_API_KEY_FILE'],
    ['SHUTDOWN_GRACE_SECOND', 'SHUTDOWN_GRACE_SECONDS'],
  ])('is warned of: %s', (given, meant) => {
    expect(warnings({ [given]: 'private' })).toEqual([
      `${given} is not a setting and changes nothing; is ${meant} meant?`,
    ]);
  });

  it.each([
    'HOME',
    'HOSTNAME',
    'PATH',
    'USER',
    'NODE_ENV',
    'DATABASE_URL',
    'REDIS_URL_FILE',
    'NLU_PORT',
  ])('is not: %s', (given) => {
    expect(warnings({ [given]: 'x' })).toEqual([]);
  });
});

describe('peekSetting', () => {
  const peek = (text: string) =>
    peekSetting(serviceSettings, 'LOG_LEVEL', { env: { LOG_LEVEL: text }, secretsDir: '/nowhere' });

  it('gives one setting before all are read, and its default where it is not valid', () => {
    expect([peek('warn'), peek('loud'), peek('')]).toEqual(['warn', 'info', 'info']);
  });
});
