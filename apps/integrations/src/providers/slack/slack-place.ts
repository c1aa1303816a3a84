import type { ActionArguments } from '@parley/contracts';
import { refusal } from '../provider-failure';

export const CHANNEL = /^[CGD][A-Z0-9]{6,20}$/;
export const CHANNELS = /^[CGD][A-Z0-9]{6,20}(?:\s*,\s*[CGD][A-Z0-9]{6,20})*$/;
const TS = /^\d{10}\.\d{6}$/;
/** As "Copy link" in Slack gives it. */
const LINK = /^https:\/\/[\w.-]+\/archives\/([CGD][A-Z0-9]{6,20})\/p(\d{10})(\d{6})(?:\?\S*)?$/;

/** Where a message goes. */
export interface SlackPlace {
  channel: string;
  /** The `ts` of the message it replies to. */
  thread?: string;
}

/**
 * The place that the arguments `channel` and `thread` choose, and the arguments without them. The channel is one that the
 * connection names: what a meeting says cannot lead a message elsewhere, even if nobody looks closely.
 * @throws ProviderFailure when there is no such place
 */
export function slackPlace(
  { channel, thread, ...rest }: ActionArguments,
  connection: { channel: string; otherChannels?: string | undefined },
): { place: SlackPlace; rest: ActionArguments } {
  const told = threadOf(thread);
  const chosen = isLeftOut(channel) ? (told?.channel ?? connection.channel) : channel;
  const allowed = [connection.channel, ...(connection.otherChannels ?? '').split(/\s*,\s*/)];
  const found = allowed.find((each) => each === chosen);
  if (found === undefined || (told?.channel !== undefined && told.channel !== found)) {
    throw refusal('Slack: the connection may not choose this channel; see its otherChannels');
  }
  return { place: { channel: found, ...(told ? { thread: told.ts } : {}) }, rest };
}

function threadOf(thread: unknown): { ts: string; channel?: string } | undefined {
  if (isLeftOut(thread)) return undefined;
  if (typeof thread === 'string') {
    if (TS.test(thread)) return { ts: thread };
    const [, channel, seconds = '', micros = ''] = LINK.exec(thread) ?? [];
    if (channel !== undefined) return { ts: `${seconds}.${micros}`, channel };
  }
  throw refusal('Slack: the thread is no message: a link to one, or its ts');
}

function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
