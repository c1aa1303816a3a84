import type { Blobs } from '@parley/blobs';
import { RetentionController } from './retention.controller';

// Only whether there is a place counts here.
const blobs = {} as Blobs;
const days = (meeting: number, recording: number) => ({
  RETENTION_DAYS: meeting,
  RECORDING_RETENTION_DAYS: recording,
});

it('says how long audio is kept, and that it goes with its meeting where no days are set', () => {
  expect(new RetentionController(days(30, 7), blobs).read()).toEqual({
    meetingDays: 30,
    recordingDays: 7,
  });
  expect(new RetentionController(days(0, 0), blobs).read()).toEqual({
    meetingDays: null,
    recordingDays: 0,
  });
});

it('says that no audio is kept where there is no place for it', () => {
  expect(new RetentionController(days(30, 7), null).read()).toEqual({
    meetingDays: 30,
    recordingDays: null,
  });
});
