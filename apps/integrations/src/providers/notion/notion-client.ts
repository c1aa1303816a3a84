import { Client, isHTTPResponseError } from '@notionhq/client';
import { boundedFetch } from '../../outbound/bounded-fetch';
import { ProviderFailure } from '../provider-failure';
import { failureOfAnswer, unansweredFailure, type Explain } from '../rest/rest-failure';

const NAME = 'Notion';

const IN_WORDS: Readonly<Record<string, string>> = {
  object_not_found:
    'Notion: there is no such data source, or it is not shared with the integration',
  restricted_resource: 'Notion: the integration may not do this',
  validation_error: 'Notion does not take the page: is the text property for the action there?',
};

const explain: Explain = (_status, { code }) => {
  const reason = typeof code === 'string' ? IN_WORDS[code] : undefined;
  return reason === undefined ? {} : { reason };
};

/** Notion's own SDK for the length of one call. @throws ProviderFailure whatever goes wrong. */
export async function withNotion<T>(
  { url, token, signal }: { url: string; token: string; signal: AbortSignal },
  work: (notion: Client) => Promise<T>,
): Promise<T> {
  const notion = new Client({
    auth: token,
    baseUrl: url.replace(/\/$/, ''),
    fetch: boundedFetch(signal),
    // The delivery decides about retries and waits, and the signal about time.
    retry: false,
    timeoutMs: 600_000,
    // What it would print to the console it throws as well.
    logger: () => undefined,
  });
  try {
    return await work(notion);
  } catch (error) {
    throw toFailure(error, signal);
  }
}

function toFailure(error: unknown, signal: AbortSignal): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (!isHTTPResponseError(error)) return unansweredFailure(NAME, error, signal);
  const { status, headers, code } = error;
  const retryAfter = headers instanceof Headers ? headers.get('retry-after') : null;
  // "Please try again": somebody else was writing (developers.notion.com/reference/status-codes).
  const known = status === 409 ? 503 : status;
  return failureOfAnswer({ name: NAME, explain }, { status: known, retryAfter }, { code });
}
