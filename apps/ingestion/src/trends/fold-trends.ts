import type { MeetingTrend, SpeakerTrend, Trends, WeekTrend } from './trends.dto';
import type { HeldMeeting, Period, SpokenShare } from './trends.repository';

const DAY_MS = 86_400_000;
const MOST_SHOWN = 50;

/** Adds up what was counted of each meeting: by week, by speaker, and of the newest meetings by themselves. */
export function foldTrends(
  { from, to, timeZone }: Period,
  meetings: readonly HeldMeeting[],
  shares: readonly SpokenShare[],
): Trends {
  const byMeeting = new Map<string, SpokenShare[]>();
  for (const share of shares) {
    byMeeting.set(share.meetingId, [...(byMeeting.get(share.meetingId) ?? []), share]);
  }
  const trends = meetings.map((meeting) => ({
    week: meeting.week,
    trend: trendOf(meeting, byMeeting.get(meeting.id) ?? []),
  }));
  const weeks = new Map(mondays(from, to).map((week) => [week, emptyWeek(week)]));
  for (const { week, trend } of trends) addTo(weeks, week, trend);
  return {
    from,
    to,
    timeZone,
    weeks: [...weeks.values()],
    speakers: speakersOf(shares).slice(0, MOST_SHOWN),
    meetings: trends.slice(0, MOST_SHOWN).map(({ trend }) => trend),
    leftOut: (meetings[0]?.all ?? 0) - meetings.length,
  };
}

/** The Monday of the week of `from`, and each after it up to `to`. */
export function mondays(from: string, to: string): string[] {
  const first = Date.parse(from);
  const sinceMonday = (new Date(first).getUTCDay() + 6) % 7;
  const weeks: string[] = [];
  for (let at = first - sinceMonday * DAY_MS; at <= Date.parse(to); at += 7 * DAY_MS) {
    weeks.push(new Date(at).toISOString().slice(0, 10));
  }
  return weeks;
}

function trendOf(
  { id, title, startedAt, questions, decisions, tasks }: HeldMeeting,
  shares: readonly SpokenShare[],
): MeetingTrend {
  const speakers = shares.map(({ name, spokenMs }) => ({ name, spokenMs }));
  const spokenMs = shares.reduce((sum, share) => sum + share.spokenMs, 0);
  const counts = { spokenMs, questions, decisions, tasks };
  return { id, title, startedAt: startedAt.toISOString(), ...counts, speakers };
}

function addTo(weeks: Map<string, WeekTrend>, week: string, trend: MeetingTrend): void {
  const sum = weeks.get(week);
  if (!sum) return;
  sum.meetings += 1;
  for (const count of ['spokenMs', 'questions', 'decisions', 'tasks'] as const) {
    sum[count] += trend[count];
  }
}

function speakersOf(shares: readonly SpokenShare[]): SpeakerTrend[] {
  const speakers = new Map<string | null, SpeakerTrend>();
  for (const { name, spokenMs } of shares) {
    const speaker = speakers.get(name) ?? { name, spokenMs: 0, meetings: 0 };
    speaker.spokenMs += spokenMs;
    speaker.meetings += 1;
    speakers.set(name, speaker);
  }
  return [...speakers.values()].sort((a, b) => b.spokenMs - a.spokenMs);
}

function emptyWeek(week: string): WeekTrend {
  return { week, meetings: 0, spokenMs: 0, questions: 0, decisions: 0, tasks: 0 };
}
