import type { AgentSettings } from '../agent.settings';

const HOUR_MS = 3_600_000;

/** The suggestions of meetings that ended before this moment have lapsed. */
export function lapsedBefore(
  now: Date,
  { SUGGESTION_TTL_HOURS: hours }: Pick<AgentSettings, 'SUGGESTION_TTL_HOURS'>,
): Date {
  return new Date(now.getTime() - hours * HOUR_MS);
}
