import { Listening } from '../meeting/listening';
import { AudioSessionOpened } from './audio-session.events';
import { AuditRecorded } from './audit.events';
import { CalendarCancelled, CalendarPlanned } from './calendar.events';
import { DeliveryFailed, DeliverySucceeded, DeliveryUncertain } from './delivery.events';
import { DocumentIndexed, DocumentRemoved } from './document.events';
import { InsightCreated } from './insight.events';
import { KeyIssued, KeyRevoked } from './key.events';
import {
  MeetingEnded,
  MeetingErased,
  MeetingForgotten,
  MeetingReduced,
  MeetingPrivacyChanged,
  MeetingStarted,
  MeetingWordsForgotten,
} from './meeting.events';
import {
  ActionApproved,
  SuggestionCreated,
  SuggestionDecided,
  SummaryUpdated,
} from './suggestion.events';
import { TimelineAdded } from './timeline.events';
import { TranscriptCompleted, TranscriptCovered, TranscriptFinal } from './transcript.events';

/** Every event there is: its topic (one stream each) and the class that validates its `data`. */
export const events = {
  'meeting.started': { topic: 'meeting', data: MeetingStarted },
  'meeting.ended': { topic: 'meeting', data: MeetingEnded },
  'meeting.privacy-changed': { topic: 'meeting', data: MeetingPrivacyChanged },
  'meeting.erased': { topic: 'meeting', data: MeetingErased },
  'meeting.forgotten': { topic: 'meeting', data: MeetingForgotten },
  'meeting.reduced': { topic: 'meeting', data: MeetingReduced },
  'meeting.words-forgotten': { topic: 'meeting', data: MeetingWordsForgotten },
  'audio.session.opened': { topic: 'audio.session', data: AudioSessionOpened },
  'audio.session.listening': { topic: 'audio.session', data: Listening },
  'transcript.final': { topic: 'transcript', data: TranscriptFinal },
  'transcript.covered': { topic: 'transcript', data: TranscriptCovered },
  'transcript.completed': { topic: 'transcript', data: TranscriptCompleted },
  'insight.created': { topic: 'insight', data: InsightCreated },
  'suggestion.created': { topic: 'suggestion', data: SuggestionCreated },
  'suggestion.decided': { topic: 'suggestion', data: SuggestionDecided },
  'summary.updated': { topic: 'summary', data: SummaryUpdated },
  'action.approved': { topic: 'action', data: ActionApproved },
  'delivery.succeeded': { topic: 'delivery', data: DeliverySucceeded },
  'delivery.failed': { topic: 'delivery', data: DeliveryFailed },
  'delivery.uncertain': { topic: 'delivery', data: DeliveryUncertain },
  'document.indexed': { topic: 'document', data: DocumentIndexed },
  'document.removed': { topic: 'document', data: DocumentRemoved },
  'key.issued': { topic: 'key', data: KeyIssued },
  'key.revoked': { topic: 'key', data: KeyRevoked },
  'timeline.added': { topic: 'timeline', data: TimelineAdded },
  'calendar.planned': { topic: 'calendar', data: CalendarPlanned },
  'calendar.cancelled': { topic: 'calendar', data: CalendarCancelled },
  'audit.recorded': { topic: 'audit', data: AuditRecorded },
} as const;

export type EventType = keyof typeof events;
export type EventData = { [Type in EventType]: InstanceType<(typeof events)[Type]['data']> };
export type Topic = (typeof events)[EventType]['topic'];

export const EVENT_TYPES = Object.keys(events) as EventType[];
export const TOPICS: readonly Topic[] = [
  ...new Set(Object.values(events).map(({ topic }) => topic)),
];

/** The topic, hence the stream, that events of this type travel on. */
export function topicOf(type: EventType): Topic {
  return events[type].topic;
}
