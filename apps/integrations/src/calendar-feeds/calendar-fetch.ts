import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { IntegrationsSettings } from '../integrations.settings';
import { AnswerTooLongError } from '../outbound/answer-too-long.error';
import { DestinationGuard } from '../outbound/destination-guard';
import { guardedFetch } from '../outbound/guarded-fetch';
import { OutboundError } from '../outbound/outbound.error';
import { CalendarFailure } from './calendar-failure';

/** What a server said of the version it gave out. */
export interface Version {
  etag: string | null;
  lastModified: string | null;
}

export type Fetched = { changed: false } | ({ changed: true; text: string } & Version);

/** A header that is longer is not sent back. */
const LONGEST_MARK = 1_000;

/** Fetches calendars from addresses that users set: guarded, no redirect followed, 8 MiB and some seconds at most. */
@Injectable()
export class CalendarFetch {
  constructor(
    @Inject(DestinationGuard) private readonly guard: DestinationGuard,
    @Inject(SETTINGS)
    private readonly settings: Pick<IntegrationsSettings, 'CALENDAR_FEED_TIMEOUT_SECONDS'>,
  ) {}

  /** @throws CalendarFailure */
  async fetch(url: string, known: Version, signal: AbortSignal): Promise<Fetched> {
    const limit = AbortSignal.timeout(this.settings.CALENDAR_FEED_TIMEOUT_SECONDS * 1_000);
    const answer = await this.ask(url, known, AbortSignal.any([signal, limit]));
    if (answer.status === 304) return { changed: false };
    if (answer.status >= 300 && answer.status < 400) {
      throw new CalendarFailure('redirect', 'it leads elsewhere: give the address it leads to');
    }
    if (answer.status !== 200) {
      throw new CalendarFailure(
        `status-${answer.status}`,
        `it was answered with status ${answer.status}`,
      );
    }
    return {
      changed: true,
      text: await answer.text(),
      etag: markOf(answer, 'etag'),
      lastModified: markOf(answer, 'last-modified'),
    };
  }

  private async ask(url: string, known: Version, signal: AbortSignal): Promise<Response> {
    const headers = {
      accept: 'text/calendar',
      'user-agent': 'Parley',
      ...(known.etag === null ? {} : { 'if-none-match': known.etag }),
      ...(known.lastModified === null ? {} : { 'if-modified-since': known.lastModified }),
    };
    try {
      return await guardedFetch(this.guard, signal)(url, { headers });
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const code = error.cause instanceof AnswerTooLongError ? 'too-long' : 'no-answer';
      throw new CalendarFailure(code, error.reason, { cause: error });
    }
  }
}

function markOf(answer: Response, name: string): string | null {
  const value = answer.headers.get(name);
  return value !== null && value.length <= LONGEST_MARK ? value : null;
}
