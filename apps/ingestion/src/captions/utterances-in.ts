import { ProblemError, readSubtitles, type Cue } from '@parley/contracts';
import { LONGEST_MEETING_MS } from '../meetings/longest-meeting';
import { captionDigest } from './caption-digest';
import { LONGEST_UTTERANCE, type Utterance } from './caption.dto';

/** Of one meeting: more than is said in a day. */
const MOST_CUES = 20_000;

/**
 * What is said in WebVTT or SubRip, each cue under an id of what is said when and by whom: the same file says the same
 * twice in one meeting, and another one takes nothing of it away.
 * @throws ProblemError `validation-failed` where nothing is said, or more than can be taken
 */
export function utterancesIn(subtitles: string, captionSecret: string): Utterance[] {
  const cues = readSubtitles(subtitles);
  if (cues.length === 0) throw refused('Nothing is said in this file: send WebVTT or SubRip.');
  if (cues.length > MOST_CUES) throw refused(`This file has more than ${MOST_CUES} cues.`);
  const times = new Map<string, number>();
  return cues.map((cue, index) => {
    const number = index + 1;
    if (cue.text.length > LONGEST_UTTERANCE) {
      throw refused(`Cue ${number} has more than ${LONGEST_UTTERANCE} characters.`);
    }
    if (cue.startMs > cue.endMs || cue.endMs > LONGEST_MEETING_MS) {
      throw refused(`Cue ${number} ends before it starts, or more than a day into the meeting.`);
    }
    const digest = digestOf(cue, captionSecret);
    const nth = (times.get(digest) ?? 0) + 1;
    times.set(digest, nth);
    return { ...cue, id: `cue-${digest}${nth === 1 ? '' : `-${nth}`}` };
  });
}

function digestOf({ startMs, endMs, speaker = '', text }: Cue, captionSecret: string): string {
  return captionDigest(captionSecret, JSON.stringify([startMs, endMs, speaker, text]));
}

function refused(why: string): ProblemError {
  return new ProblemError('validation-failed', why);
}
