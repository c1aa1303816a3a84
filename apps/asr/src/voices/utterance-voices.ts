import type { SpeakerEngine } from '@parley/ai';
import { SAMPLES_PER_MS } from '@parley/audio';
import type { OverlapSpan, Word } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { UtteranceBounds } from '../listening/endpointer';
import type { Final, Voices } from '../listening/outcome';
import { wordsOf } from '../listening/estimated-words';
import { quietestMoment } from '../listening/quietest-moment';
import { filterRule } from '../listening/text-rules';
import { twoPitches } from './two-pitches';
import type { VoiceTracker } from './voice-tracker';
import { windowPlaces, type VoiceWindow, type WindowPlace } from './voice-window';

/** A change of speakers is put into the quietest moment this near. */
const SNAP_MS = 400;
/** Nearer to an end than this there is nothing to divide. */
const SHORTEST_PART_MS = 250;
/** More of two voices at once than a third of a window, and it is nobody’s alone. */
const MIXED_MS = 500;

export interface VoicesOptions {
  engine: SpeakerEngine;
  tracker: VoiceTracker;
  /** Hears a part of an utterance by itself. */
  decode(samples: Float32Array): Promise<Pick<Final, 'text' | 'engine' | 'degraded'>>;
  /** Is told how long the engine took. */
  took?: (seconds: number) => void;
}

/** How an utterance sounds. */
export interface HeardVoices {
  windows: VoiceWindow[];
  /** Where several speak at once, in milliseconds from its beginning. */
  overlaps: OverlapSpan[];
}

/** Tells who speaks in the utterances of a channel that several people share. */
export class UtteranceVoices {
  constructor(private readonly options: VoicesOptions) {
    // A local model loads while nobody has spoken yet.
    void this.listen(new Float32Array());
  }

  /**
   * How the utterance sounds as it goes on. Never rejects: without voices the speakers are unknown.
   * @param signal of who may not want to know after all
   */
  async listen(samples: Float32Array, signal?: AbortSignal): Promise<HeardVoices> {
    const places = windowPlaces(samples.length / SAMPLES_PER_MS);
    const [vectors, overlaps] = await Promise.all([
      orNone(samples, this.embed(samples, places, signal), signal),
      orNone(samples, twoPitches(samples)),
    ]);
    const windows = places.flatMap((place, at) => {
      const vector = vectors[at];
      const mixed = msWithin(place, overlaps) > MIXED_MS;
      return vector ? [{ middleMs: (place.startMs + place.endMs) / 2, vector, mixed }] : [];
    });
    return { windows, overlaps };
  }

  /** Each part of the utterance with its voice; to be called in the order of the utterances. */
  async divide(
    final: Final,
    samples: Float32Array,
    { windows, overlaps }: HeardVoices,
  ): Promise<{ finals: Final[]; voices: Voices }> {
    const { tracker, engine } = this.options;
    const runs = tracker.follow(windows);
    const voices = { state: { ...tracker.state, engine: engine.name }, sure: tracker.sure };
    const { startMs } = final.bounds;
    const cuts = runs.slice(0, -1).map(({ last }) => {
      const [before, after] = [windows[last], windows[last + 1]];
      return startMs + snapped(samples, ((before?.middleMs ?? 0) + (after?.middleMs ?? 0)) / 2);
    });
    const parts = partsOf(final.bounds, cuts);
    const marked = (part: Final, voiceId: string | null): Final => {
      const spans = within(part.bounds, startMs, overlaps);
      return { ...part, voiceId, ...(spans.length > 0 ? { overlaps: spans } : {}) };
    };
    if (!parts) return { finals: [marked(final, longest(runs))], voices };
    const finals = await this.textsOf(final, samples, parts);
    return {
      finals: finals.flatMap((part, at) => {
        return part.text === '' ? [] : [marked(part, runs[at]?.voiceId ?? null)];
      }),
      voices,
    };
  }

  private async embed(
    samples: Float32Array,
    places: readonly WindowPlace[],
    signal: AbortSignal | undefined,
  ): Promise<readonly (Float32Array | null)[]> {
    const startedAt = performance.now();
    const vectors = await this.options.engine.embed(samples, places, signal);
    if (places.length > 0) this.options.took?.((performance.now() - startedAt) / 1_000);
    return vectors;
  }

  /** Each part heard by itself; where that gives no words, the utterance's own words by their estimated times. */
  private async textsOf(
    final: Final,
    samples: Float32Array,
    parts: readonly UtteranceBounds[],
  ): Promise<Final[]> {
    const { startMs } = final.bounds;
    const measured = final.words.every(({ estimated }) => !estimated);
    if (measured) return byWords(final, parts);
    try {
      const heard = await Promise.all(
        parts.map(async (bounds) => {
          const [from, to] = [bounds.startMs - startMs, bounds.endMs - startMs];
          const part = samples.slice(from * SAMPLES_PER_MS, to * SAMPLES_PER_MS);
          const { text, engine, degraded } = await this.options.decode(part);
          const words = wordsOf({ text }, bounds, part);
          return { bounds, text, engine, degraded, words };
        }),
      );
      if (heard.every((part) => filterRule(part) === null)) return heard;
    } catch (error) {
      notTold(samples, error);
    }
    return byWords(final, parts);
  }
}

function msWithin({ startMs, endMs }: OverlapSpan, spans: readonly OverlapSpan[]): number {
  return spans.reduce((sum, span) => {
    return sum + Math.max(0, Math.min(endMs, span.endMs) - Math.max(startMs, span.startMs));
  }, 0);
}

/** What of the spans, which count from the utterance's beginning, is in a part of it. */
function within(
  { startMs, endMs }: UtteranceBounds,
  utteranceMs: number,
  spans: readonly OverlapSpan[],
): OverlapSpan[] {
  return spans
    .map((span) => ({
      startMs: Math.round(Math.max(startMs, utteranceMs + span.startMs)),
      endMs: Math.round(Math.min(endMs, utteranceMs + span.endMs)),
    }))
    .filter((span) => span.endMs > span.startMs);
}

function snapped(samples: Float32Array, atMs: number): number {
  const from = Math.max(0, Math.round(atMs - SNAP_MS));
  const near = samples.subarray(from * SAMPLES_PER_MS, (from + 2 * SNAP_MS) * SAMPLES_PER_MS);
  return from + quietestMoment(near);
}

/** Null when there is nothing to divide. */
function partsOf(bounds: UtteranceBounds, cuts: readonly number[]): UtteranceBounds[] | null {
  if (cuts.length === 0) return null;
  const edges = [bounds.startMs, ...cuts, bounds.endMs];
  const parts = cuts.concat(bounds.endMs).map((endMs, at) => {
    const startMs = edges[at] ?? 0;
    return {
      startMs,
      endMs,
      speechStartMs: Math.max(startMs, bounds.speechStartMs),
      speechEndMs: Math.min(endMs, bounds.speechEndMs),
    };
  });
  const whole = parts.every(({ startMs, endMs }) => endMs - startMs >= SHORTEST_PART_MS);
  return whole ? parts : null;
}

function byWords(final: Final, parts: readonly UtteranceBounds[]): Final[] {
  return parts.map((bounds, at) => {
    const words = final.words.filter((word) => partOf(word, parts) === at);
    return { ...final, bounds, words, text: words.map(({ text }) => text).join(' ') };
  });
}

function partOf({ startMs, endMs }: Word, parts: readonly UtteranceBounds[]): number {
  const middle = (startMs + endMs) / 2;
  const found = parts.findIndex((part) => middle < part.endMs);
  return found === -1 ? parts.length - 1 : found;
}

function longest(runs: readonly { voiceId: string | null; first: number; last: number }[]) {
  const [first, ...others] = runs;
  if (!first) return null;
  const length = (run: { first: number; last: number }): number => run.last - run.first;
  return others.reduce((best, run) => (length(run) > length(best) ? run : best), first).voiceId;
}

/** Voices and overlaps are found without each other: where one fails, the other stands. */
async function orNone<T extends readonly unknown[]>(
  samples: Float32Array,
  found: Promise<T>,
  signal?: AbortSignal,
): Promise<T | []> {
  try {
    return await found;
  } catch (error) {
    if (!signal?.aborted) notTold(samples, error);
    return [];
  }
}

function notTold(samples: Float32Array, err: unknown): void {
  logEvent('speakers.not-told', { ms: samples.length / SAMPLES_PER_MS, err });
}
