import type { Meeting, Participant, Segment, Suggestion, SummaryLine } from '@parley/contracts';
import type { ConsentRecord } from '../privacy/privacy.dto';
import type { MeetingExport } from './meeting-export';
import type { AskedPerson } from './person.dto';

/** What is kept of one person in one meeting. */
export interface PersonInMeeting {
  meeting: Pick<Meeting, 'id' | 'title' | 'startedAt' | 'endedAt' | 'privacyMode'>;
  /** As they stand in its list; empty where only a speaker is called so. */
  participants: Participant[];
  said: Segment[];
  consents: ConsentRecord[];
  /** Of the newest summary. */
  tasks: SummaryLine[];
  suggestedTasks: Suggestion[];
}

/** Null when there is nothing of them in it. */
export function personInMeeting(
  { meeting, segments, summary, suggestions }: MeetingExport,
  consents: readonly ConsentRecord[],
  asked: AskedPerson,
): PersonInMeeting | null {
  const theirs = meeting.participants.filter((one) => isAsked(one, asked));
  const others = meeting.participants.filter((one) => !isAsked(one, asked));
  const ids = new Set(theirs.map(({ id }) => id));
  const names = asked.name === undefined ? theirs.map(({ name }) => name) : [asked.name];
  const isTheirName = (name: string): boolean =>
    names.some((one) => isSame(one, name)) && !others.some((one) => isSame(one.name, name));
  // Tasks are given to people as one speaks of them: by first name, when nobody else there has it.
  const isOwner = (owner: unknown): boolean =>
    typeof owner === 'string' &&
    (isTheirName(owner) ||
      (names.some((one) => isSame(firstOf(one), owner)) &&
        !others.some(({ name }) => isSame(name, owner) || isSame(firstOf(name), owner))));
  const said = segments.filter(
    ({ speaker }) =>
      speaker !== null &&
      (speaker.participantId === undefined
        ? isTheirName(speaker.name)
        : ids.has(speaker.participantId)),
  );
  const tasks = summary?.sections.tasks.filter(({ owner }) => isOwner(owner)) ?? [];
  const suggestedTasks = suggestions.filter(
    (one) => one.kind === 'task' && isOwner(one.arguments.owner),
  );
  if (theirs.length + said.length === 0) return null;
  const { id, title, startedAt, endedAt, privacyMode } = meeting;
  return {
    meeting: { id, title, startedAt, endedAt, privacyMode },
    participants: theirs,
    said,
    consents: consents.filter(({ participantId }) => ids.has(participantId)),
    tasks,
    suggestedTasks,
  };
}

/** The channels on which nobody else speaks. */
export function ownChannels(
  { participants: theirs }: PersonInMeeting,
  all: readonly Participant[],
): string[] {
  const ids = new Set(theirs.map(({ id }) => id));
  const shared = new Set(all.flatMap(({ id, channel }) => (ids.has(id) ? [] : [channel])));
  const channels = theirs.flatMap(({ channel }) => (channel === undefined ? [] : [channel]));
  return [...new Set(channels)].filter((channel) => !shared.has(channel));
}

function isAsked({ email, name }: Participant, asked: AskedPerson): boolean {
  if (asked.email !== undefined) return email !== undefined && isSame(email, asked.email);
  return asked.name !== undefined && isSame(name, asked.name);
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function firstOf(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
