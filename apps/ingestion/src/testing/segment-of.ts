import { segmentId, type MeetingId, type Segment } from '@parley/contracts';

/** A final segment as asr tells of it. */
export function segmentOf(meetingId: string, ordinal: number, text = `line ${ordinal}`): Segment {
  return {
    id: segmentId(meetingId as MeetingId, 'main', ordinal),
    meetingId,
    channel: 'main',
    speaker: null,
    startMs: ordinal * 1_000,
    endMs: ordinal * 1_000 + 900,
    text,
    final: true,
    revision: 0,
    engine: 'test',
    degraded: false,
  };
}
