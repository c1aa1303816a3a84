import { ProblemError, readSubtitles } from '@parley/contracts';
import { LONGEST_MEETING_MS, LONGEST_UTTERANCE, type Utterance } from './caption.dto';

/** Of one meeting: more than is said in a day. */
const MOST_CUES = 20_000;

/**
 * What is said in WebVTT or SubRip, each cue under an id of its own: the same file says the same twice.
 * @throws ProblemError `validation-failed` where nothing is said, or more than can be taken
 */
export function utterancesIn(subtitles: string): Utterance[] {
  const cues = readSubtitles(subtitles);
  if (cues.length === 0) throw refused('Nothing is said in this file: send WebVTT or SubRip.');
  if (cues.length > MOST_CUES) throw refused(`This file has more than ${MOST_CUES} cues.`);
  return cues.map((cue, index) => {
    const number = index + 1;
    if (cue.text.length > LONGEST_UTTERANCE) {
      throw refused(`Cue ${number} has more than ${LONGEST_UTTERANCE} characters.`);
    }
    if (cue.startMs > cue.endMs || cue.endMs > LONGEST_MEETING_MS) {
      throw refused(`Cue ${number} ends before it starts, or more than a day into the meeting.`);
    }
    return { ...cue, id: `cue-${number}` };
  });
}

function refused(why: string): ProblemError {
  return new ProblemError('validation-failed', why);
}
