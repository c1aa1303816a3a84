import type { Type } from '@nestjs/common';
import { CalendarProvider } from './calendar/calendar.provider';
import { FileProvider } from './file/file.provider';
import { GmailProvider } from './gmail/gmail.provider';
import { JiraProvider } from './jira/jira.provider';
import { NotionProvider } from './notion/notion.provider';
import type { Provider } from './provider';
import { SlackProvider } from './slack/slack.provider';
import { SmtpProvider } from './smtp/smtp.provider';
import { WebhookProvider } from './webhook/webhook.provider';

/** Every provider there is; a new one is a folder beside this file and a line here. */
export const PROVIDERS: Type<Provider>[] = [
  WebhookProvider,
  SlackProvider,
  GmailProvider,
  CalendarProvider,
  NotionProvider,
  JiraProvider,
  SmtpProvider,
  FileProvider,
];
