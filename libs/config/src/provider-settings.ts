import { z } from 'zod';
import { editDistance } from './edit-distance';

/** Providers of deliveries, for each of whom settings of its own can be made. */
export const PROVIDERS = [
  'WEBHOOK',
  'SLACK',
  'GMAIL',
  'CALENDAR',
  'NOTION',
  'JIRA',
  'SMTP',
  'FILE',
] as const;
export type ProviderName = (typeof PROVIDERS)[number];

const seconds = () => z.coerce.number().positive();
const meta = (description: string, unit?: string) => ({
  description,
  services: ['integrations'],
  ...(unit === undefined ? {} : { unit }),
});

/** How calls to providers are guarded, unless a provider has a setting of its own. */
export const callSettings = {
  PROVIDER_TIMEOUT_DEFAULT_SECONDS: seconds()
    .max(600)
    .default(5)
    .meta(meta('Longest that one attempt at a provider may take.', 'seconds')),
  PROVIDER_TOTAL_BUDGET_SECONDS: seconds()
    .max(600)
    .default(10)
    .meta(
      meta(
        'Longest that one call may take: asking what became of it, then the attempt.',
        'seconds',
      ),
    ),
  RETRY_MAX_ATTEMPTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(3)
    .meta(meta('Attempts in all, the first included.')),
  RETRY_BASE_SECONDS: seconds()
    .max(60)
    .default(0.5)
    .meta(meta('Longest wait before the second attempt; then doubled.', 'seconds')),
  RETRY_BUDGET_PERCENT: z.coerce
    .number()
    .min(0)
    .max(2_000)
    .default(20)
    .meta(
      meta(
        'Retries for each hundred calls to a provider in one workspace, besides two a second; others are put off.',
      ),
    ),
  CB_WINDOW_SECONDS: seconds()
    .max(3_600)
    .default(60)
    .meta(
      meta(
        'How long a failed attempt counts, and how long a provider that failed too often is left alone.',
        'seconds',
      ),
    ),
  CB_MAX_FAILURES: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(5)
    .meta(
      meta(
        'Failed attempts at a provider, in one workspace and CB_WINDOW_SECONDS, after which it is left alone.',
      ),
    ),
};
export type CallSetting = keyof typeof callSettings;

/** What such a setting is called for one provider alone: its name stands where the star does. */
const OWN_NAMES = {
  PROVIDER_TIMEOUT_DEFAULT_SECONDS: 'TIMEOUT_*_SECONDS',
  PROVIDER_TOTAL_BUDGET_SECONDS: 'TOTAL_BUDGET_*_SECONDS',
  RETRY_MAX_ATTEMPTS: 'RETRY_*_MAX_ATTEMPTS',
  RETRY_BASE_SECONDS: 'RETRY_*_BASE_SECONDS',
  RETRY_BUDGET_PERCENT: 'RETRY_*_BUDGET_PERCENT',
  CB_WINDOW_SECONDS: 'CB_*_WINDOW_SECONDS',
  CB_MAX_FAILURES: 'CB_*_MAX_FAILURES',
} as const satisfies Record<CallSetting, string>;

type Named<Pattern, Provider extends string> = Pattern extends `${infer Before}*${infer After}`
  ? `${Before}${Provider}${After}`
  : never;
export type OwnSetting = Named<(typeof OWN_NAMES)[CallSetting], ProviderName>;

/** The name of the setting that says for `provider` alone what `setting` says for all. */
export function ownSetting(setting: CallSetting, provider: ProviderName): OwnSetting {
  return OWN_NAMES[setting].replace('*', provider) as OwnSetting;
}

/** {@link callSettings}, and each for every single provider. */
export const providerSettings = { ...callSettings, ...ownSettings() };

function ownSettings() {
  const names = Object.keys(callSettings) as CallSetting[];
  const all = names.flatMap((setting) =>
    PROVIDERS.map((provider) => [ownSetting(setting, provider), ownRule(setting)]),
  );
  return Object.fromEntries(all) as Record<OwnSetting, ReturnType<typeof ownRule>>;
}

function ownRule(setting: CallSetting) {
  const general = callSettings[setting];
  const { unit } = general.meta() ?? {};
  return general
    .unwrap()
    .optional()
    .meta({
      ...meta(`${setting} for one provider alone.`, unit as string | undefined),
      family: OWN_NAMES[setting].replace('*', '<PROVIDER>'),
    });
}

/** How long a model endpoint may take. */
export const modelTimeout = {
  TIMEOUT_OPENAI_SECONDS: seconds()
    .max(600)
    .default(60)
    .meta({
      unit: 'seconds',
      description: 'Longest that one answer of the model endpoint may take, a retry included.',
      services: ['asr', 'nlu', 'agent', 'rag'],
    }),
};

type Environment = Readonly<Record<string, string | undefined>>;

/** The shortest names have four: with two wrong, HTTP would be SMTP. */
const MOST_WRONG_LETTERS = 1;

const OTHERS: readonly string[] = Object.keys(modelTimeout);
const PATTERNS = Object.values(OWN_NAMES).map((pattern) => ({
  form: new RegExp(`^${pattern.replace('*', '([A-Z0-9_]+)')}$`),
  isOurs: pattern === OWN_NAMES.PROVIDER_TIMEOUT_DEFAULT_SECONDS,
  known: [...PROVIDERS.map((provider) => pattern.replace('*', provider)), ...OTHERS],
}));

/** Whether a variable has the form of a provider's own setting. */
export function looksLikeOwnSetting(name: string): boolean {
  return PATTERNS.some(({ form }) => form.test(name));
}

/**
 * A setting for a provider that does not exist would be believed and never used: it ends the start. The environment is not
 * ours alone: of other forms than `TIMEOUT_*_SECONDS` only those are meant whose provider is nearly one of ours.
 */
export function unknownProviders(env: Environment): string[] {
  return Object.entries(env).flatMap(([name, value = '']) => {
    const pattern = PATTERNS.find(({ form }) => form.test(name));
    if (value.trim() === '' || !pattern || pattern.known.includes(name)) return [];
    const provider = pattern.form.exec(name)?.[1] ?? '';
    if (!pattern.isOurs && !isNearlyOurs(provider)) return [];
    const known = pattern.known.filter((one) => pattern.form.test(one));
    return [`${name}: no such provider; known are ${known.join(', ')}`];
  });
}

function isNearlyOurs(provider: string): boolean {
  return [...PROVIDERS, 'OPENAI'].some((one) => editDistance(provider, one) <= MOST_WRONG_LETTERS);
}
