import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { timeOfId } from '@parley/contracts';
import type {
  ConversationsHistoryResponse,
  ConversationsRepliesResponse,
  WebClient,
} from '@slack/web-api';
import { z } from 'zod';
import type { IntegrationsSettings } from '../../integrations.settings';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { ProviderFailure } from '../provider-failure';
import { messageArguments } from '../tool-arguments';
import { withSlack } from './slack-client';
import { slackMessage } from './slack-message';
import { CHANNEL, CHANNELS, slackPlace, type SlackPlace } from './slack-place';

/** The `event_type` of the metadata that makes a message findable by its action. */
const MARKER = 'parley_action';
/** What Slack advises (docs.slack.dev/reference/methods/conversations.history). */
const PAGE_SIZE = 200;
const MOST_PAGES = 10;
/** Slack's clock may be behind the one that made the action's id. */
const CLOCK_SKEW_SECONDS = 300;

const settingsSchema = z.object({
  token: z
    .string()
    .regex(/^xox[bp]-[\w-]{10,500}$/, 'must be a bot or user token (xoxb-… or xoxp-…)')
    .meta({
      secret: true,
      description:
        'Token of your Slack app, with chat:write and channels:history (private: groups:history).',
    }),
  channel: z
    .string()
    .regex(CHANNEL, 'must be the id of a channel, such as C0123ABCD, not its name')
    .meta({ description: 'Id of the channel (in Slack: its details, at the bottom).' }),
  otherChannels: z
    .string()
    .max(2_000)
    .regex(CHANNELS, 'must be ids of channels, such as C0123ABCD, C0456EFGH')
    .optional()
    .meta({
      description:
        'Ids of further channels, comma-separated, that an approval may choose by `channel`.',
    }),
});
type SlackSettings = z.infer<typeof settingsSchema>;

/** Messages in one Slack channel. Each carries its action's id in its metadata, by which it is found again. */
@Injectable()
export class SlackProvider extends Provider<typeof settingsSchema> {
  readonly id = 'slack';
  readonly name = 'Slack';
  readonly tools = [
    {
      name: 'slack.message.send',
      class: 'reconcilable' as const,
      risk: 'medium' as const,
      arguments: messageArguments,
      description:
        'Posts any action as a message to the channel, with its evidence as quotes. The arguments `channel` (one of ' +
        'the connection’s) and `thread` (link to a message, or its `ts`) say where else.',
    },
  ];
  readonly settingsSchema = settingsSchema;

  constructor(
    @Inject(SETTINGS) private readonly appSettings: Pick<IntegrationsSettings, 'SLACK_API_URL'>,
  ) {
    super();
  }

  send(
    action: OutgoingAction,
    { settings }: OpenConnection<SlackSettings>,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const { place, rest } = slackPlace(action.arguments, settings);
    return this.ask(settings, signal, async (slack) => {
      const { ts } = await slack.chat.postMessage({
        channel: place.channel,
        ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
        text: slackMessage(rest, action.citations),
        metadata: { event_type: MARKER, event_payload: { action_id: action.actionId } },
        // What was said may name a link or a person; nothing is fetched, and nobody notified, for that.
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
      });
      return receipt(ts);
    });
  }

  async check(
    { settings }: OpenConnection<SlackSettings>,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<void> {
    const { channel } = settings;
    await this.ask(settings, signal, (slack) => slack.conversations.history({ channel, limit: 1 }));
  }

  override find(
    { actionId, arguments: given }: OutgoingAction,
    { settings }: OpenConnection<SlackSettings>,
    { signal }: ProviderCall,
  ): Promise<SendReceipt | null> {
    const { place } = slackPlace(given, settings);
    return this.ask(settings, signal, async (slack) => {
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const { messages, response_metadata: next } = await history(slack, place, {
          include_all_metadata: true,
          limit: PAGE_SIZE,
          ...since(actionId),
          ...(cursor ? { cursor } : {}),
        });
        const found = messages?.find(({ metadata }) => isAbout(actionId, metadata));
        if (found) return receipt(found.ts);
        cursor = next?.next_cursor;
        if (!cursor) return null;
      }
      const facts = { retryable: false, uncertain: true };
      throw new ProviderFailure('the channel holds too many messages to look through', facts);
    });
  }

  private ask<T>(
    { token }: SlackSettings,
    signal: AbortSignal,
    work: (slack: WebClient) => Promise<T>,
  ): Promise<T> {
    return withSlack({ url: this.appSettings.SLACK_API_URL, token, signal }, work);
  }
}

/** Where the message would be: replies stand in their thread and not in the channel's history. */
function history(
  slack: WebClient,
  { channel, thread }: SlackPlace,
  query: { include_all_metadata: boolean; limit: number; oldest?: string; cursor?: string },
): Promise<ConversationsHistoryResponse | ConversationsRepliesResponse> {
  return thread === undefined
    ? slack.conversations.history({ channel, ...query })
    : slack.conversations.replies({ channel, ts: thread, ...query });
}

function receipt(ts: string | undefined): SendReceipt {
  return { status: 200, ...(ts ? { externalId: ts } : {}) };
}

/** From the moment of the approval on, in Slack's seconds. */
function since(marker: string): { oldest?: string } {
  const at = timeOfId(marker);
  return at ? { oldest: String(Math.floor(at.getTime() / 1_000) - CLOCK_SKEW_SECONDS) } : {};
}

function isAbout(
  marker: string,
  metadata: { event_type?: string; event_payload?: unknown } | undefined,
): boolean {
  if (metadata?.event_type !== MARKER) return false;
  return (metadata.event_payload as { action_id?: unknown } | undefined)?.action_id === marker;
}
