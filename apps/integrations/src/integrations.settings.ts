import { providerSettings, serviceSettings } from '@parley/config';
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
  ...providerSettings,
  SLACK_API_URL: z
    .url()
    .default('https://slack.com/api/')
    .meta({ description: 'Where the Web API of Slack is; GovSlack has another.' }),
  GMAIL_API_URL: z
    .url()
    .default('https://gmail.googleapis.com/')
    .meta({ description: 'Where the API of Gmail is.' }),
  GMAIL_SEARCH: z.enum(['0', '1']).default('0').meta({
    description:
      'With 1 people who connect Gmail are asked for leave to read their mail as well, and it can be searched.',
  }),
  CALENDAR_API_URL: z
    .url()
    .default('https://www.googleapis.com/')
    .meta({ description: 'Where the API of Google Calendar is.' }),
  NOTION_API_URL: z
    .url()
    .default('https://api.notion.com/')
    .meta({ description: 'Where the API of Notion is.' }),
  GOOGLE_CLIENT_ID: z
    .string()
    .optional()
    .meta({ description: 'Your OAuth client at Google, for Gmail and Google Calendar.' }),
  GOOGLE_CLIENT_SECRET: z.string().optional().meta({ secret: true, description: 'Its secret.' }),
  GOOGLE_AUTHORIZE_URL: z
    .url()
    .default('https://accounts.google.com/o/oauth2/v2/auth')
    .meta({ description: 'The page on which people consent.' }),
  GOOGLE_OAUTH_URL: z.url().default('https://oauth2.googleapis.com/').meta({
    description: 'Where Google gives out tokens (`token`) and takes them back (`revoke`).',
  }),
  ATLASSIAN_CLIENT_ID: z
    .string()
    .optional()
    .meta({ description: 'Your OAuth 2.0 (3LO) app at Atlassian, for Jira.' }),
  ATLASSIAN_CLIENT_SECRET: z.string().optional().meta({ secret: true, description: 'Its secret.' }),
  ATLASSIAN_OAUTH_URL: z.url().default('https://auth.atlassian.com/').meta({
    description:
      'Where people consent (`authorize`) and Atlassian gives out tokens (`oauth/token`).',
  }),
  ATLASSIAN_API_URL: z.url().default('https://api.atlassian.com/').meta({
    description: 'Where the API of Jira is for access that a person consented to.',
  }),
  NOTION_CLIENT_ID: z
    .string()
    .optional()
    .meta({ description: 'Your public integration at Notion.' }),
  NOTION_CLIENT_SECRET: z.string().optional().meta({ secret: true, description: 'Its secret.' }),
  OAUTH_REDIRECT_URL: z
    .url()
    .default('http://localhost:8006/v1/authorizations/callback')
    .meta({
      description:
        'Where people come back to after they consented: /v1/authorizations/callback of integrations, as their ' +
        'browser reaches it. Register it with your OAuth client.',
    }),
  SUBSCRIPTION_RETRY_BASE_SECONDS: z.coerce.number().positive().max(3_600).default(5).meta({
    unit: 'seconds',
    description:
      'Longest wait after the first failed post of a timeline event to a subscription; then doubled, up to an hour.',
  }),
  SUBSCRIPTION_PAUSE_AFTER_HOURS: z.coerce
    .number()
    .positive()
    .max(720)
    .default(24)
    .meta({
      unit: 'hours',
      description:
        'A subscription to which nothing gets through for so long is paused; a single event that it refuses for so ' +
        'long is given up.',
    }),
  SUBSCRIPTION_KEEP_DAYS: z.coerce.number().positive().max(90).default(7).meta({
    unit: 'days',
    description: "How long a subscription's log is kept, and what waits while it is paused.",
  }),
  CALENDAR_FEED_REFRESH_SECONDS: z.coerce.number().positive().max(86_400).default(900).meta({
    unit: 'seconds',
    description:
      'How often each calendar feed is looked at; after a failure less and less, up to hourly.',
  }),
  CALENDAR_FEED_TIMEOUT_SECONDS: z.coerce.number().positive().max(120).default(20).meta({
    unit: 'seconds',
    description: 'Longest that fetching a calendar feed, and then reading it, may take each.',
  }),
  CALENDAR_FEED_HORIZON_DAYS: z.coerce.number().int().min(1).max(90).default(14).meta({
    unit: 'days',
    description: 'How far ahead meetings are planned from calendar feeds.',
  }),
  DELIVERY_SWEEP_SECONDS: z.coerce.number().positive().max(60).default(2).meta({
    unit: 'seconds',
    description: 'How often deliveries that are due, or whose worker died, are looked for.',
  }),
});

export type IntegrationsSettings = z.infer<typeof integrationsSettings>;
