import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { requestContext } from '@parley/service';
import { foldTrends, mondays } from './fold-trends';
import type { Trends, TrendsQuery } from './trends.dto';
import { TrendsRepository } from './trends.repository';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 371;
/** Besides the week of the last day. */
const WEEKS_BEFORE = 11;

@Injectable()
export class TrendsService {
  constructor(@Inject(TrendsRepository) private readonly trends: TrendsRepository) {}

  /** @throws ProblemError `validation-failed` for a period that ends before it begins, or is too long. */
  async get({ from, to, timeZone }: TrendsQuery): Promise<Trends> {
    const last = to ?? dayIn(timeZone, new Date());
    const first = from ?? weeksBefore(last);
    const days = (Date.parse(last) - Date.parse(first)) / DAY_MS;
    if (!(days >= 0)) throw new ProblemError('validation-failed', 'to must not be before from.');
    if (days > LONGEST_DAYS) {
      throw new ProblemError(
        'validation-failed',
        `to must be at most ${String(LONGEST_DAYS)} days after from.`,
      );
    }
    if (timeZone !== 'UTC' && !(await this.trends.knowsZone(timeZone))) {
      throw new ProblemError('validation-failed', 'timeZone is not known to the database.');
    }
    const { workspaceId } = requestContext();
    const period = { workspaceId, from: first, to: last, timeZone };
    const meetings = await this.trends.meetings(period);
    const ids = meetings.map(({ id }) => id);
    return foldTrends(period, meetings, ids.length > 0 ? await this.trends.spoken(ids) : []);
  }
}

function dayIn(timeZone: string, instant: Date): string {
  // Swedes write dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(instant);
}

function weeksBefore(day: string): string {
  const [monday = day] = mondays(day, day);
  return new Date(Date.parse(monday) - WEEKS_BEFORE * 7 * DAY_MS).toISOString().slice(0, 10);
}
