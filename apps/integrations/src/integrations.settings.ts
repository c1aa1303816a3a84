import { serviceSettings } from '@parley/config';
import { z } from 'zod';

const KEY_BYTES = 32;

const isKeyList = (text: string): boolean =>
  text.split(',').every((key) => Buffer.from(key.trim(), 'base64').length === KEY_BYTES);

export const integrationsSettings = serviceSettings.extend({
  APPROVAL_SIGNING_KEY: z.string().min(32).meta({
    secret: true,
    description: 'Shared with agent: an action without its signature is never carried out.',
  }),
  CONNECTIONS_KEY: z
    .string()
    .refine(isKeyList)
    .optional()
    .meta({
      secret: true,
      description:
        'Encrypts the credentials of connections: 32 bytes, base64. Several, comma-separated, for ' +
        'rotation: the first encrypts. Unset: made once below DATA_DIR/secrets.',
    }),
  PROVIDER_TIMEOUT_DEFAULT_SECONDS: z.coerce
    .number()
    .positive()
    .max(300)
    .default(5)
    .meta({ unit: 'seconds', description: 'Longest that one attempt at a provider may take.' }),
  PROVIDER_TOTAL_BUDGET_SECONDS: z.coerce.number().positive().max(600).default(10).meta({
    unit: 'seconds',
    description: 'Longest that one call may take: asking what became of it, then the attempt.',
  }),
  SLACK_API_URL: z
    .url()
    .default('https://slack.com/api/')
    .meta({ description: 'Where the Web API of Slack is; GovSlack has another.' }),
  RETRY_MAX_ATTEMPTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(3)
    .meta({ description: 'Attempts in all, the first included.' }),
  RETRY_BASE_SECONDS: z.coerce.number().positive().max(60).default(0.5).meta({
    unit: 'seconds',
    description: 'Longest wait before the second attempt; then doubled.',
  }),
  DELIVERY_SWEEP_SECONDS: z.coerce.number().positive().max(60).default(2).meta({
    unit: 'seconds',
    description: 'How often deliveries that are due, or whose worker died, are looked for.',
  }),
});

export type IntegrationsSettings = z.infer<typeof integrationsSettings>;
