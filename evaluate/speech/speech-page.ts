import type { Machine } from '../../bench/machine';
import { markdownTable } from '../../bench/markdown-table';
import { percentile } from '../../bench/percentile';
import { flickerPercent } from './flicker';
import type { PartialsResult } from './hear-partials';
import type { WordTimesResult } from './hear-words';
import type { OverlapScore } from './overlapping';
import { errorRate, errorRateInterval, type NameScore, type WordScore } from './score';
import { figuresOf } from './word-times';

/** How one listener fared with one set of recordings. */
export interface SetResult {
  set: string;
  listener: string;
  recordings: number;
  scores: WordScore[];
  /** Null where there are no names to be expected. */
  names: (NameScore & { told: boolean }) | null;
  spokenMs: number;
  heardMs: number;
  audioSeconds: number;
  seconds: number;
}

/** How well several people on one channel were told apart. */
export interface SpeakersResult {
  recording: string;
  speakers: number;
  found: number;
  /** The time of those for whom nobody could say who they are, as a share of what was heard. */
  unknown: number;
  /** Diarization error rate, without a collar and with one of 250 ms. */
  errorRate: number;
  errorRateWithCollar: number;
  /** Word error rate by speakers; null where nobody wrote down what was said. */
  wordErrorRate: number | null;
}

/** How many words one listener heard where nobody spoke. */
export interface SoundResult {
  listener: string;
  sound: string;
  words: number;
}

export interface SpeechQuality {
  measuredOn: string;
  machine: Machine;
  /** What the machine had to do on average, in the quarter of an hour before it was written. */
  load: number;
  sets: SetResult[];
  speakers: SpeakersResult[];
  overlaps: OverlapScore[];
  partials: PartialsResult[];
  wordTimes: WordTimesResult[];
  sounds: SoundResult[];
  soundMinutes: number;
  /** Milliseconds after a turn begins, or ends; null when it was not measured. */
  live: { turns: number; firstWords: number[]; finals: number[] } | null;
}

/** What is promised: of real voices, of two to four people on one channel, and of words as they are spoken. */
export const MOST_ERRORS_PERCENT = 7;
export const MOST_DIARIZATION_PERCENT = 20;
export const MOST_LIVE_MS = 700;

const NOT_MEASURED = 'Not measured in this run.';

/** `docs/speech-quality.md`: what was measured, beside what is promised. */
export function speechPage(quality: SpeechQuality): string {
  const { cpu, cores, system, node } = quality.machine;
  return [
    '# How well Parley listens',
    `Written by \`npm run evaluate -- speech\` on ${quality.measuredOn}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}. ` +
      'Recordings go to `POST /v1/audio/transcriptions` and streams to `WS /v1/listen` of a system of its own, as anybody’s would. ' +
      'A folder of your own recordings is measured the same way: `npm run evaluate -- speech <folder>`, with `refs.tsv` ' +
      '(file, tab, what is said), `<name>.rttm` (who speaks when) and `words.tsv` (file, begin and end in milliseconds, word); `--server <url> --model <name>` adds any server ' +
      'with that route, side by side.',
    ...busyNote(quality),
    '## Words',
    'Wrong, missing and added words per word said; case, punctuation and the spelling of numbers do not count. The ' +
      'interval is what 95 of 100 such sets of recordings would give; with few recordings it is wide. Promised: at ' +
      `most ${MOST_ERRORS_PERCENT} % for real voices. ` +
      'Segments lie close around the words; the ledger’s transcribed spans are wider, and ' +
      'how much of the speech lies in those is in [sample-meeting.md](sample-meeting.md).',
    markdownTable(
      [
        'recordings',
        'heard by',
        'words',
        'wrong',
        'missing',
        'added',
        'word error rate',
        '95 %',
        'speech in segments',
        'time per audio',
      ],
      quality.sets.filter(({ names }) => names === null).map(setRow),
    ),
    '## Names',
    'Product and family names, by a synthesiser’s voices, and sentences that sound like them. What was told the names ' +
      'beforehand may write them, and nothing else: what is written without having been said is invented.',
    markdownTable(
      ['heard by', 'names said', 'spelled right', 'invented', 'word error rate'],
      nameRows(quality.sets),
    ),
    '## Who speaks',
    'Several people on one channel of a meeting: missed, invented and confused time per time spoken (NIST’s diarization ' +
      'error rate; overlapping speech counts for each), without a collar and without the 250 ms around each turn’s ' +
      'edges; and cpWER, in which a word given to the wrong person is wrong twice. Promised: at most ' +
      `${MOST_DIARIZATION_PERCENT} % for two to four people. ` +
      'Who cannot be told is unknown rather than guessed.',
    markdownTable(
      ['recording', 'speakers', 'found', 'unknown', 'error rate', 'with collar', 'cpWER'],
      quality.speakers.map(speakersRow),
    ),
    '## Several at once',
    'Turns of the same people, each alone, put together so that every third begins 0.7 to 2.5 s before the last one ends, ' +
      'up to 6 dB quieter. A mark is right when two speak somewhere in it. What is marked is a part of the overlap: voiced ' +
      'speech of both, about as loud.',
    markdownTable(
      ['people of', 'overlaps', 'with a mark', 'marks', 'right', 'time marked', 'of it right'],
      quality.overlaps.map(overlapsRow),
    ),
    '## When words are spoken',
    ...(quality.wordTimes.length === 0 ? [NOT_MEASURED] : wordTimesPart(quality.wordTimes)),
    '## Provisional words',
    ...(quality.partials.length === 0 ? [NOT_MEASURED] : partialsPart(quality.partials)),
    '## Words that nobody said',
    ...(quality.sounds.length === 0
      ? [NOT_MEASURED]
      : [
          `In ${quality.soundMinutes} minutes of each sound; promised: none.`,
          markdownTable(...soundTable(quality.sounds)),
        ]),
    '## Live',
    ...(quality.live === null
      ? [NOT_MEASURED]
      : [
          'The sample meeting in real time, four people on four channels of one stream. The end of speech is the ' +
            'script’s, not the recogniser’s.',
          markdownTable(['', 'p50', 'p95', 'promised', ''], liveRows(quality.live)),
        ]),
    '## Not measured',
    'Of overlapping speech one text is written, as it is heard: whose words it has is not measured. How far the times of ' +
      'words are off in real voices: nobody has marked them.',
  ]
    .join('\n\n')
    .concat('\n');
}

/** The measurement itself keeps each core busy once over. */
function busyNote({ load, machine: { cores } }: SpeechQuality): string[] {
  if (load < 2 * cores) return [];
  return [
    `The machine had much other work meanwhile (a load of ${load.toFixed(1)} on ${cores} cores, on average of a quarter of an ` +
      'hour): all times here are those of a busy machine, and longer than on a quiet one. What was understood is the same.',
  ];
}

function setRow(result: SetResult): string[] {
  const { set, listener, recordings, scores, spokenMs, heardMs, audioSeconds, seconds } = result;
  const sum = (of: (score: WordScore) => number): string =>
    `${scores.reduce((total, score) => total + of(score), 0)}`;
  const interval = errorRateInterval(scores);
  return [
    `${set} (${recordings})`,
    listener,
    sum(({ words }) => words),
    sum(({ substitutions }) => substitutions),
    sum(({ deletions }) => deletions),
    sum(({ insertions }) => insertions),
    scores.length === 0 ? 'not measured' : share(errorRate(scores)),
    interval === null ? 'too few' : `${share(interval[0])} to ${share(interval[1])}`,
    spokenMs === 0 ? 'not measured' : share(heardMs / spokenMs),
    (seconds / audioSeconds).toFixed(3),
  ];
}

function speakersRow(result: SpeakersResult): string[] {
  return [
    result.recording,
    `${result.speakers}`,
    `${result.found}`,
    share(result.unknown),
    share(result.errorRate),
    share(result.errorRateWithCollar),
    result.wordErrorRate === null ? 'not measured' : share(result.wordErrorRate),
  ];
}

function overlapsRow(score: OverlapScore): string[] {
  const { recording, overlaps, found, marks, right, overlapMs, foundMs, markedMs } = score;
  return [
    recording,
    `${overlaps}`,
    `${found}`,
    `${marks}`,
    `${right}`,
    share(foundMs / Math.max(1, overlapMs)),
    share(foundMs / Math.max(1, markedMs)),
  ];
}

function wordTimesPart(results: WordTimesResult[]): string[] {
  return [
    'How far begin and end of a word are off, of the words that were heard right. Sentences of a synthesiser’s voices, with ' +
      'pauses in them: it knows when it says each word. The local engine measures no times; they are estimated from where ' +
      'there is sound, and say so (`estimated`). An engine that measures them is taken at its word.',
    markdownTable(
      [
        'times',
        'words',
        'heard right',
        'begin p50',
        'p95',
        'within 0.1 s',
        'end p50',
        'p95',
        'within 0.1 s',
      ],
      results.map(({ by, said, errors: { starts, ends } }) => [
        by,
        `${said}`,
        `${starts.length}`,
        ...[starts, ends].flatMap((errors) => {
          const { p50, p95, close } = figuresOf(errors);
          return [inMs(p50), inMs(p95), share(close)];
        }),
      ]),
    ),
  ];
}

function partialsPart(results: PartialsResult[]): string[] {
  const longestMs = Math.max(...results.map((result) => result.longestMs));
  return [
    'What is shown of an utterance while it is said, decoded anew from its begin every 0.7 s or so, as often as a machine ' +
      'that is never late would. Flicker is how many of 100 words that appeared were gone in the next partial: as the ' +
      'engine heard them, and as they are shown, where words on which two successive partials agree are confirmed and stay. ' +
      'Promised: no confirmed word changes in a later partial. The final is the engine’s last word, and may contradict them; ' +
      'where somebody who does not pause is cut, words behind the cut go to the next line, and count as contradicted, too. ' +
      'Case and the marks around words do not count. The most audio heard again for one partial was ' +
      `${(longestMs / 1_000).toFixed(1)} s, however long somebody went on.`,
    markdownTable(
      [
        'recordings',
        'utterances',
        'partials',
        'words shown',
        'flicker as heard',
        'flicker as shown',
        'words confirmed',
        'changed in a partial',
        'contradicted by the final',
      ],
      results.map(partialsRow),
    ),
  ];
}

function partialsRow(result: PartialsResult): string[] {
  const { set, utterances, partials, asHeard, asShown, confirmed } = result;
  return [
    set,
    `${utterances}`,
    `${partials}`,
    `${asShown.shown}`,
    flickerPercent([asHeard]).toFixed(1),
    flickerPercent([asShown]).toFixed(1),
    `${confirmed.words}`,
    `${confirmed.changed}`,
    `${confirmed.contradicted} (${share(confirmed.contradicted / Math.max(1, confirmed.words))})`,
  ];
}

function nameRows(results: SetResult[]): string[][] {
  return results.flatMap(({ set, listener, names, scores }) => {
    if (names === null) return [];
    const who = `${listener}${names.told ? ', told the names' : ''}${set === 'names' ? '' : ` (${set})`}`;
    return [
      [who, `${names.said}`, `${names.spelled}`, `${names.invented}`, share(errorRate(scores))],
    ];
  });
}

function soundTable(results: SoundResult[]): [string[], string[][]] {
  const listeners = [...new Set(results.map(({ listener }) => listener))];
  const sounds = [...new Set(results.map(({ sound }) => sound))];
  const rows = sounds.map((sound) => [
    sound,
    ...listeners.map((listener) => {
      const found = results.find((one) => one.sound === sound && one.listener === listener);
      return found === undefined ? 'not measured' : `${found.words}`;
    }),
  ]);
  return [['', ...listeners], rows];
}

function liveRows({ turns, firstWords, finals }: NonNullable<SpeechQuality['live']>): string[][] {
  const row = (what: string, values: number[]): string[] => [
    what,
    inMs(percentile(values, 50)),
    inMs(percentile(values, 95)),
    `p95 <= ${MOST_LIVE_MS} ms`,
    `${values.length} of ${turns} turns`,
  ];
  return [
    row('first words after a turn begins', firstWords),
    row('final text after it ends', finals),
  ];
}

function inMs(ms: number | null): string {
  return ms === null ? 'not measured' : `${Math.round(ms)} ms`;
}

function share(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
