import { z } from 'zod';

/** Whoever a `TIMEOUT_<PROVIDER>_SECONDS` can be set for: the model endpoint and the providers of deliveries. */
export const TIMEOUT_PROVIDERS = [
  'OPENAI',
  'WEBHOOK',
  'SLACK',
  'GMAIL',
  'CALENDAR',
  'NOTION',
  'JIRA',
  'SMTP',
  'FILE',
] as const;
export type TimeoutProvider = (typeof TIMEOUT_PROVIDERS)[number];
export type TimeoutSetting = `TIMEOUT_${TimeoutProvider}_SECONDS`;

/** The name of the setting that bounds an attempt at `provider`. */
export function timeoutSetting(provider: TimeoutProvider): TimeoutSetting {
  return `TIMEOUT_${provider}_SECONDS`;
}

const seconds = () => z.coerce.number().positive().max(600);

/** The timeouts of single providers. */
export const timeoutSettings = {
  TIMEOUT_OPENAI_SECONDS: seconds()
    .default(60)
    .meta({
      unit: 'seconds',
      description: 'Longest that one answer of the model endpoint may take, a retry included.',
      services: ['asr', 'nlu', 'agent', 'rag'],
    }),
  TIMEOUT_WEBHOOK_SECONDS: seconds().optional().meta(deliveryMeta('a webhook')),
  TIMEOUT_SLACK_SECONDS: seconds().optional().meta(deliveryMeta('Slack')),
  TIMEOUT_GMAIL_SECONDS: seconds().optional().meta(deliveryMeta('Gmail')),
  TIMEOUT_CALENDAR_SECONDS: seconds().optional().meta(deliveryMeta('Google Calendar')),
  TIMEOUT_NOTION_SECONDS: seconds().optional().meta(deliveryMeta('Notion')),
  TIMEOUT_JIRA_SECONDS: seconds().optional().meta(deliveryMeta('Jira')),
  TIMEOUT_SMTP_SECONDS: seconds().optional().meta(deliveryMeta('a mail server')),
  TIMEOUT_FILE_SECONDS: seconds().optional().meta(deliveryMeta('writing a file')),
};

function deliveryMeta(what: string) {
  return {
    unit: 'seconds',
    description: `Longest for one attempt at ${what}. Unset: PROVIDER_TIMEOUT_DEFAULT_SECONDS.`,
    services: ['integrations'],
  };
}
