import { LogLevel, WebAPIRateLimitedError, WebClient, type Logger } from '@slack/web-api';
import { boundedFetch } from '../../outbound/bounded-fetch';
import { askedToWait } from './asked-to-wait';
import { toSlackFailure } from './slack-failure';

const nothing = (): void => undefined;

/** What the SDK would print to the console it throws as well. */
const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

/** Slack's own SDK for the length of one call. @throws ProviderFailure whatever goes wrong. */
export async function withSlack<T>(
  { url, token, signal }: { url: string; token: string; signal: AbortSignal },
  work: (slack: WebClient) => Promise<T>,
): Promise<T> {
  const bounded = boundedFetch(signal);
  let lastStatus = 0;
  const slack = new WebClient(token, {
    slackApiUrl: url,
    allowAbsoluteUrls: false,
    fetch: async (...given) => {
      const response = await bounded(...given);
      lastStatus = response.status;
      return response;
    },
    // The delivery decides about retries and waits.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
  try {
    return await work(slack);
  } catch (error) {
    // A 429 that does not say how long is a plain error to the SDK, without its status.
    const isVague = lastStatus === 429 && !(error instanceof WebAPIRateLimitedError);
    if (isVague) throw askedToWait();
    throw toSlackFailure(error, signal);
  }
}
