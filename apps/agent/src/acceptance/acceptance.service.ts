import { Inject, Injectable } from '@nestjs/common';
import { requestContext } from '@parley/service';
import { AcceptanceRepository, type DecidedCounts } from './acceptance.repository';
import type { Acceptance, AcceptanceQuery } from './acceptance.dto';

const THIRTY_DAYS_MS = 30 * 86_400_000;

/** How well suggestions are received: by the workspace's own decisions. Erased meetings count no longer. */
@Injectable()
export class AcceptanceService {
  constructor(@Inject(AcceptanceRepository) private readonly decided: AcceptanceRepository) {}

  async get({ from, to, period }: AcceptanceQuery): Promise<Acceptance> {
    const until = to === undefined ? new Date() : new Date(to);
    const since = from === undefined ? new Date(until.getTime() - THIRTY_DAYS_MS) : new Date(from);
    const { workspaceId } = requestContext();
    const counts = await this.decided.count(workspaceId, since, until, period);
    return {
      from: since.toISOString(),
      to: until.toISOString(),
      items: counts.map((one) => ({
        ...one,
        period: one.period.toISOString(),
        acceptance: acceptanceOf(one),
      })),
    };
  }
}

function acceptanceOf({ approved, edited, rejected }: DecidedCounts): number | null {
  const decided = approved + edited + rejected;
  return decided === 0 ? null : Number(((approved + edited) / decided).toFixed(4));
}
