import {
  makeEvent,
  newId,
  segmentId,
  type Entity,
  type Envelope,
  type Intent,
  type MeetingId,
} from '@parley/contracts';
import { line } from '../planning/line.factory';

const startedAt = '2026-11-23T09:00:00Z';
/** So far apart that no cool-down matters. */
const BETWEEN_LINES_MS = 10_000;

/** The events of one meeting as ingestion, asr and nlu would send them. */
export class SpokenMeeting {
  readonly id = newId<MeetingId>();
  private spoken = 0;

  started(): Envelope<'meeting.started'> {
    const data = {
      title: 'Atlas launch review',
      privacyMode: 'transcript' as const,
      participants: [{ id: newId<string>(), name: 'Emma', email: 'emma@northwind.example' }],
      language: 'en',
      timeZone: 'Europe/Berlin',
      vocabulary: [],
      startedAt,
    };
    return makeEvent('meeting.started', data, { meetingId: this.id });
  }

  says(
    text: string,
    over: { intent?: Intent; speaker?: string; entities?: Entity[]; topics?: string[] } = {},
  ): Envelope<'insight.created'> {
    const { topics = [], ...rest } = over;
    const id = segmentId(this.id, 'main', this.spoken);
    const { segment, insight } = line(text, { ...rest, startMs: this.spoken * BETWEEN_LINES_MS });
    this.spoken += 1;
    const data = {
      segment: { ...segment, id, meetingId: this.id },
      insight: { ...insight, id: newId<string>(), meetingId: this.id, segmentId: id, topics },
    };
    return makeEvent('insight.created', data, { meetingId: this.id });
  }

  completed(finals = this.spoken): Envelope<'transcript.completed'> {
    const data = { channel: 'main', lastMs: this.spoken * BETWEEN_LINES_MS, finals };
    return makeEvent('transcript.completed', data, { meetingId: this.id });
  }

  ended(channels = ['main']): Envelope<'meeting.ended'> {
    const data = { endedAt: new Date().toISOString(), channels };
    return makeEvent('meeting.ended', data, { meetingId: this.id });
  }
}
