import { logEvent } from '@parley/observability';
import { wholeOf, type RecordingReader } from '../recordings/recording.reader';
import type { RecordedChannel } from '../recordings/recording.views';
import { AUDIO_LEFT_OUT, type LeftOut, type ZipFile } from './zip-stream';

/**
 * The audio of a channel as a file of an archive. What does not open of a file that has begun is silent: one damaged part
 * must not cost the whole archive.
 * @param leftOut is told why there is none, or what of it is silent, the latter while the file is read
 * @returns null when there is none
 */
export async function audioFile(
  recordings: RecordingReader,
  meetingId: string,
  recorded: RecordedChannel,
  name: string,
  leftOut: LeftOut[],
): Promise<ZipFile | null> {
  const stretch = wholeOf(recorded);
  const why = await recordings.unreadable(meetingId, stretch);
  if (why) {
    if (why === 'damaged') logEvent('recording.damaged', { meetingId });
    leftOut.push({ name, because: AUDIO_LEFT_OUT[why] });
    return null;
  }
  const content = recordings.wav(meetingId, stretch, ({ startMs, endMs }) => {
    logEvent('recording.damaged', { meetingId });
    leftOut.push({
      name,
      because: `silent from ${startMs} to ${endMs} ms: ${AUDIO_LEFT_OUT.damaged}`,
    });
  });
  return { name, content, asItIs: true };
}
