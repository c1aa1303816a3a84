import { OIDC_NEEDED, OIDC_OWN } from './oidc-settings';
import type { ServiceSettings } from './service-settings';

/** A rule over several settings, reported together with the rules of each. */
export interface SettingsRule {
  /** It is asked only when all of these are valid and part of the schema. */
  names: readonly (keyof ServiceSettings)[];
  /** What is wrong, naming settings and never a value; null when all is well. */
  check(settings: ServiceSettings): string | null;
}

/** What must hold between the settings that every service has. */
export const SERVICE_RULES: readonly SettingsRule[] = [
  {
    names: ['SHUTDOWN_DELAY_SECONDS', 'SHUTDOWN_GRACE_SECONDS'],
    check: (settings) =>
      settings.SHUTDOWN_DELAY_SECONDS >= settings.SHUTDOWN_GRACE_SECONDS
        ? 'SHUTDOWN_DELAY_SECONDS must be less than SHUTDOWN_GRACE_SECONDS'
        : null,
  },
  {
    names: ['AUTH_ENABLED'],
    check: (settings) =>
      settings.AUTH_ENABLED === '1' && settings.SERVICE_API_KEY === undefined
        ? 'AUTH_ENABLED is 1, which needs SERVICE_API_KEY'
        : null,
  },
  {
    names: ['BLOBS_DIR', 'BLOBS_S3_BUCKET', 'BLOBS_KEY'],
    check: ({ BLOBS_DIR, BLOBS_S3_BUCKET, BLOBS_KEY }) =>
      (BLOBS_DIR !== undefined || BLOBS_S3_BUCKET !== undefined) && BLOBS_KEY === undefined
        ? 'BLOBS_DIR or BLOBS_S3_BUCKET is set, which needs BLOBS_KEY'
        : null,
  },
  {
    names: ['BLOBS_S3_ACCESS_KEY_ID', 'BLOBS_S3_SECRET_ACCESS_KEY'],
    check: (settings) =>
      (settings.BLOBS_S3_ACCESS_KEY_ID === undefined) !==
      (settings.BLOBS_S3_SECRET_ACCESS_KEY === undefined)
        ? 'BLOBS_S3_ACCESS_KEY_ID and BLOBS_S3_SECRET_ACCESS_KEY are set together or not at all'
        : null,
  },
  {
    names: ['AUTH_ENABLED', 'PAGE_ORIGIN', ...OIDC_OWN],
    check: (settings) => {
      const set = OIDC_OWN.filter((name) => settings[name] !== undefined);
      const missing: string[] = OIDC_NEEDED.filter((name) => settings[name] === undefined);
      if (settings.AUTH_ENABLED !== '1') missing.unshift('AUTH_ENABLED=1');
      if (set.length === 0 || missing.length === 0) return null;
      return `${set.join(', ')} ${set.length > 1 ? 'are' : 'is'} set, which needs ${missing.join(', ')}`;
    },
  },
  // Else what people say would go to a public endpoint that nobody named.
  ...(['OPENAI_SPEECH_MODEL', 'OPENAI_EMBEDDING_MODEL'] as const).map((name) => ({
    names: [name],
    check: (settings: ServiceSettings) =>
      settings[name] && !settings.OPENAI_BASE_URL && !settings.OPENAI_API_KEY
        ? `${name} is set, which needs OPENAI_BASE_URL or OPENAI_API_KEY`
        : null,
  })),
];
