import type { ActionArguments, Citation } from '@parley/contracts';
import { actionText } from '../action-text';

/**
 * An action as the text of a Slack message. Everything is escaped, so that nobody can be made to shout `@channel` by
 * saying it (docs.slack.dev/messaging/formatting-message-text).
 */
export function slackMessage(given: ActionArguments, citations: readonly Citation[]): string {
  const { heading, body, details, quotes } = actionText(given, citations);
  return [
    ...(heading === undefined ? [] : [`*${escaped(heading)}*`]),
    ...(body === undefined ? [] : [escaped(body)]),
    ...details.map(escaped),
    ...quotes.map((quote) => `> ${escaped(quote)}`),
  ].join('\n');
}

/** Slack asks for these three, and no more. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
