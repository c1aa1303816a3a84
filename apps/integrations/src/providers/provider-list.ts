import type { Type } from '@nestjs/common';
import { FileProvider } from './file/file.provider';
import type { Provider } from './provider';
import { SlackProvider } from './slack/slack.provider';
import { WebhookProvider } from './webhook/webhook.provider';

/** Every provider there is; a new one is a folder beside this file and a line here. */
export const PROVIDERS: Type<Provider>[] = [WebhookProvider, SlackProvider, FileProvider];
