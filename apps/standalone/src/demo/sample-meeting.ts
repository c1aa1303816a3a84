import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { readScript, readTracks, type MeetingScript } from '../meeting/meeting-folder';

export const SAMPLE_FOLDER = join(PROJECT_ROOT, 'apps/standalone/sample');

export function readSampleMeeting(): Promise<MeetingScript> {
  return readScript(SAMPLE_FOLDER);
}

/** Each participant's own track, 16 kHz mono s16le, by channel. */
export function readSampleTracks(sample: MeetingScript): Promise<Map<string, Buffer>> {
  return readTracks(SAMPLE_FOLDER, sample);
}
