import { z } from 'zod';
import type { HeardWord, Transcription } from './speech-engine';

/** More is not said in half a minute. */
const LONGEST_TEXT = 10_000;
/** Both together mean that Whisper heard nobody: `no_speech_threshold` and `logprob_threshold` of its `transcribe()`. */
const NO_SPEECH = 0.6;
const UNLIKELY = -1;

/** Databases take neither NUL nor half a character. */
const said = z
  .string()
  .max(LONGEST_TEXT)
  .transform((text) =>
    Buffer.from(text)
      .toString()
      .replace(/\p{Cc}+/gu, ' '),
  );

const segment = z.object({
  text: said,
  start: z.number(),
  end: z.number(),
  avg_logprob: z.number().nullish(),
  no_speech_prob: z.number().nullish(),
});
type Segment = z.infer<typeof segment>;

const word = z.object({
  word: said,
  start: z.number(),
  end: z.number(),
  /** What a Parley says that is the endpoint of another. */
  estimated: z.boolean().nullish(),
});
type Word = z.infer<typeof word>;

/** What Parley reads of an answer in `json` or `verbose_json`; "compatible" servers leave out all but the text. */
export const transcriptionAnswer = z.object({
  text: said,
  segments: z.array(segment).max(1_000).nullish(),
  words: z.array(word).max(LONGEST_TEXT).nullish(),
  logprobs: z.array(z.object({ logprob: z.number() })).nullish(),
});
export type TranscriptionAnswer = z.infer<typeof transcriptionAnswer>;

/** What the answer says was heard in an utterance of this length. */
export function heardBy(answer: TranscriptionAnswer, durationMs: number): Transcription {
  const segments = answer.segments ?? [];
  const silent = segments.filter(isSilent);
  const spoken = segments.filter((one) => !isSilent(one));
  const text = (silent.length > 0 ? spoken.map((one) => one.text).join('') : answer.text).trim();
  const words = placed(
    (answer.words ?? []).filter(({ start }) => !silent.some((one) => holds(one, start))),
    text,
    durationMs,
  );
  const confidence = confidenceOf(spoken, answer.logprobs ?? []);
  return {
    text,
    ...(confidence === undefined ? {} : { confidence }),
    ...(words.length > 0 ? { words } : {}),
  };
}

function isSilent({ avg_logprob: likely, no_speech_prob: nobody }: Segment): boolean {
  return (nobody ?? 0) > NO_SPEECH && (likely ?? 0) < UNLIKELY;
}

function holds({ start, end }: Segment, seconds: number): boolean {
  return start <= seconds && seconds < end;
}

/** The words where they are in the utterance; spelled as in the text, with its punctuation, if they are the same ones. */
function placed(words: Word[], text: string, durationMs: number): HeardWord[] {
  const spelled = text.split(/\s+/).filter(Boolean);
  const sameWords = spelled.length === words.length;
  const inside = (seconds: number): number =>
    Math.round(Math.min(Math.max(seconds * 1_000, 0), durationMs));
  return words.map(({ word, start, end, estimated }, index) => {
    const startMs = inside(start);
    const as = sameWords ? spelled[index] : undefined;
    const heard = { text: as ?? word.trim(), startMs, endMs: Math.max(startMs, inside(end)) };
    return estimated ? { ...heard, estimated } : heard;
  });
}

/** How likely the tokens are on average: geometric over them, segments by their length. */
function confidenceOf(
  segments: Segment[],
  logprobs: readonly { logprob: number }[],
): number | undefined {
  const told = [
    ...logprobs.map(({ logprob }) => ({ logprob, weight: 1 })),
    ...segments.flatMap(({ avg_logprob: logprob, start, end }) =>
      typeof logprob === 'number' && end > start ? [{ logprob, weight: end - start }] : [],
    ),
  ];
  if (told.length === 0) return undefined;
  const weight = told.reduce((sum, one) => sum + one.weight, 0);
  const mean = told.reduce((sum, one) => sum + one.logprob * one.weight, 0) / weight;
  return Math.min(1, Math.exp(mean));
}
