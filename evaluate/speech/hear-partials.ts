import type { SpeechEngine, VoiceDetectorFactory } from '@parley/ai';
import { BYTES_PER_MS } from '@parley/audio';
import { DecodeQueue } from '../../apps/asr/src/decoding/decode-queue';
import { SpeechDecoder } from '../../apps/asr/src/decoding/speech-decoder';
import { ChannelListener } from '../../apps/asr/src/listening/channel-listener';
import { defaultPolicy } from '../../apps/asr/src/listening/endpointer';
import type { Draft, Outcome } from '../../apps/asr/src/listening/outcome';
import { UtteranceDecoder } from '../../apps/asr/src/listening/utterance-decoder';
import { AwaitedEngine } from './awaited-engine';
import { countWords, flickerOf, wordsGone, type Flicker } from './flicker';
import type { Recording, RecordingSet } from './recordings';

const STEP_MS = 100;

/** How steady the partials of a set of recordings were. */
export interface PartialsResult {
  set: string;
  utterances: number;
  partials: number;
  /** As the engine heard them, and as they are shown. */
  asHeard: Flicker;
  asShown: Flicker;
  confirmed: {
    /** Words confirmed when the utterance ended. */
    words: number;
    /** Of those, gone in a later partial, and gone in the final. */
    changed: number;
    contradicted: number;
  };
  /** The most audio that was heard for one partial. */
  longestMs: number;
}

/** @param engine as it comes; decodes are waited for, as on a machine that is never late */
export async function hearPartials(
  sets: readonly RecordingSet[],
  engine: SpeechEngine,
  detectors: VoiceDetectorFactory,
  say: (line: string) => void,
): Promise<PartialsResult[]> {
  const results: PartialsResult[] = [];
  for (const { name, recordings } of sets) {
    say(`Parley hears ${name} word by word …`);
    const result = emptyResult(name);
    for (const { pcm } of recordings) await hear(pcm, new AwaitedEngine(engine), detectors, result);
    results.push(result);
  }
  return results;
}

/** The speech of each recording of a set without what is between it: people who do not pause. */
export function withoutPauses({ name, recordings, vocabulary }: RecordingSet): RecordingSet {
  const joined = recordings.flatMap((recording): Recording[] => {
    const { speech, pcm } = recording;
    if (!speech) return [];
    const turns = speech.map(({ startMs, endMs }) => {
      return pcm.subarray(Math.round(startMs) * BYTES_PER_MS, Math.round(endMs) * BYTES_PER_MS);
    });
    return [{ ...recording, pcm: Buffer.concat(turns), speech: null }];
  });
  return { name: `${name} without pauses`, recordings: joined, vocabulary };
}

async function hear(
  pcm: Buffer,
  engine: AwaitedEngine,
  detectors: VoiceDetectorFactory,
  result: PartialsResult,
): Promise<void> {
  let nowMs = 0;
  const clock = { now: () => nowMs };
  const speech = new SpeechDecoder({
    local: new DecodeQueue(engine, 2, clock),
    endpoint: null,
    clock,
  });
  let drafts: Draft[] = [];
  const sink = {
    draft: (draft: Draft) => void drafts.push(draft),
    settle: ({ finals }: Outcome) => {
      // Silence before the first partial is settled, too.
      if (drafts.length > 0) add(result, drafts, finals.map(({ text }) => text).join(' '));
      drafts = [];
      return Promise.resolve();
    },
  };
  const decoder = new UtteranceDecoder({ speech, sink, language: 'en', vocabulary: [], clock });
  const detector = detectors.create();
  const listener = new ChannelListener({
    checkpointMs: 0,
    policy: defaultPolicy,
    detector,
    decoder,
    sink,
  });
  for (let startMs = 0; startMs * BYTES_PER_MS < pcm.length; startMs += STEP_MS) {
    const part = pcm.subarray(startMs * BYTES_PER_MS, (startMs + STEP_MS) * BYTES_PER_MS);
    nowMs += part.length / BYTES_PER_MS;
    await listener.accept({ kind: 'audio', channel: 'main', startMs, pcm: part });
    await engine.idle();
  }
  await listener.abandon();
  await listener.drained();
}

/** What an utterance adds to the result of its set. */
function add(result: PartialsResult, drafts: readonly Draft[], final: string): void {
  result.utterances += 1;
  result.partials += drafts.length;
  addFlicker(result.asHeard, flickerOf(drafts.map(({ heard }) => heard)));
  addFlicker(result.asShown, flickerOf(drafts.map(({ text }) => text)));
  const confirmed = drafts.map(({ text, stableLength }) => text.slice(0, stableLength));
  for (const [at, { text, bounds }] of drafts.entries()) {
    result.confirmed.changed += wordsGone(confirmed[at - 1] ?? '', text);
    result.longestMs = Math.max(result.longestMs, bounds.endMs - bounds.startMs);
  }
  const last = confirmed.at(-1) ?? '';
  result.confirmed.words += countWords(last);
  result.confirmed.contradicted += wordsGone(last, final);
}

function addFlicker(sum: Flicker, { shown, changed }: Flicker): void {
  sum.shown += shown;
  sum.changed += changed;
}

function emptyResult(set: string): PartialsResult {
  const none = { shown: 0, changed: 0 };
  return {
    set,
    utterances: 0,
    partials: 0,
    asHeard: { ...none },
    asShown: { ...none },
    confirmed: { words: 0, changed: 0, contradicted: 0 },
    longestMs: 0,
  };
}
