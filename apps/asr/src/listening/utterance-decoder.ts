import { isModelFailed } from '@parley/ai';
import type { Clock, CoverageSpan } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { Heard, SpeechDecoder } from '../decoding/speech-decoder';
import type { HeardVoices, UtteranceVoices } from '../voices/utterance-voices';
import { AgreedWords } from './agreed-words';
import type { AudioMemory } from './audio-memory';
import type { UtteranceBounds } from './endpointer';
import { wordsOf } from './estimated-words';
import type { Final, Outcome, OutcomeSink } from './outcome';
import { filterRule, stammers } from './text-rules';
import { isTooQuiet } from './too-quiet';

/** A first draft on less is a guess: more than half of it is from before anything was said. */
const FIRST_DRAFT_MS = 768;
/** Until one has words, the next comes at once, and hears this much more: whoever begins slowly is not behind for long. */
const FIRST_AGAIN_MS = 32;
/** Who has said nothing in so much of an utterance has not begun slowly: it is a noise. */
const FIRST_WITHIN_MS = 2_000;
const DRAFT_EVERY_MS = 700;
/** Drafts of a long utterance cost more: at most this part of the time goes into them. */
const DRAFT_SHARE = 1 / 3;

export interface DecoderOptions {
  speech: SpeechDecoder;
  sink: OutcomeSink;
  language: string;
  /** Names and words to expect. */
  vocabulary: readonly string[];
  clock: Clock;
  /** Tells several people on one channel apart. */
  voices?: UtteranceVoices;
  /** Whether anybody is shown what is provisional. Default: yes. */
  drafts?: boolean;
  /**
   * It was recorded before: no drafts, nothing decoded ahead of time, and live meetings go first. The signal ends it.
   */
  recorded?: { signal: AbortSignal };
}

/** What became of an utterance. */
export type Concluded = Pick<Outcome, 'finals' | 'voices'> & { span: CoverageSpan };

/** What has begun because the utterance may be over. */
interface Ahead {
  endMs: number;
  abort: AbortController;
  text: Promise<Heard>;
  voices: Promise<HeardVoices> | undefined;
}

/** Turns the utterances of one channel into text. */
export class UtteranceDecoder {
  constructor(private readonly options: DecoderOptions) {}

  /** @param mayDraft false while an earlier utterance has no number yet: a draft would take it */
  begin(startMs: number, memory: AudioMemory, mayDraft: () => boolean): UtteranceDecoding {
    return new UtteranceDecoding(startMs, memory, mayDraft, this.options);
  }
}

/**
 * One utterance: drafts while it grows, a decode ahead when it seems to end, and its text at the end. Each draft hears it
 * from its begin; what that costs is bounded by the longest utterance (`EndpointPolicy.longestMs`), after which whoever
 * goes on begins another one, with drafts of its own.
 */
export class UtteranceDecoding {
  private ahead: Ahead | null = null;
  private drafting = false;
  private open = true;
  private readonly agreed = new AgreedWords();
  /** Up to where what was shown last was heard. */
  private shownMs = 0;
  private heardMs: number;
  private nextDraftAtMs: number;
  private nextDraftAt: number;

  constructor(
    private readonly startMs: number,
    private readonly memory: AudioMemory,
    private readonly mayDraft: () => boolean,
    private readonly options: DecoderOptions,
  ) {
    this.heardMs = startMs;
    this.nextDraftAtMs = startMs + FIRST_DRAFT_MS;
    this.nextDraftAt = options.clock.now();
  }

  /** It goes on, and has been heard up to `heardMs`. */
  grow(heardMs: number): void {
    this.heardMs = heardMs;
    const { recorded, drafts = true } = this.options;
    if (recorded || !drafts) return;
    if (!this.mayDraft() || this.drafting || heardMs < this.nextDraftAtMs) return;
    if (
      !this.options.speech.takesDrafts(this.options.language) ||
      this.options.clock.now() < this.nextDraftAt
    )
      return;
    this.drafting = true;
    this.nextDraftAtMs = heardMs + (this.beginning ? FIRST_AGAIN_MS : DRAFT_EVERY_MS);
    const bounds = {
      startMs: this.startMs,
      endMs: heardMs,
      speechStartMs: this.startMs,
      speechEndMs: heardMs,
    };
    const samples = this.memory.slice(this.startMs, heardMs);
    void this.draft(bounds, this.decode(samples, 'partial')).finally(() => {
      this.drafting = false;
      // What has come meanwhile may have the first words, and nothing may follow it for a while.
      if (this.open && this.beginning) this.grow(this.heardMs);
    });
  }

  /** It may be over: it is heard now, so that text and voices are there when it is. */
  expectEnd(bounds: UtteranceBounds): void {
    if (this.options.recorded) return;
    const abort = new AbortController();
    const samples = this.memory.slice(bounds.startMs, bounds.endMs);
    const text = this.decode(samples, 'final', abort.signal);
    const voices = this.options.voices?.listen(samples, abort.signal);
    this.ahead = { endMs: bounds.endMs, abort, text, voices };
    void this.draft(bounds, text);
  }

  /** It was not over. */
  goOn(): void {
    this.ahead?.abort.abort();
    this.ahead = null;
  }

  /**
   * The work begins at once; what comes of it is asked for in the order of the utterances. Never rejects: what cannot
   * be decoded is lost, and said to be.
   */
  finish(bounds: UtteranceBounds): () => Promise<Concluded> {
    this.open = false;
    const { ahead } = this;
    const inTime = ahead?.endMs === bounds.endMs ? ahead : null;
    if (!inTime) ahead?.abort.abort();
    // Its samples are taken now: the memory forgets them.
    const samples = this.memory.slice(bounds.startMs, bounds.endMs);
    const decoded = this.decodeAll(bounds, samples, inTime?.text);
    const { voices } = this.options;
    const hearing = inTime?.voices ?? voices?.listen(samples);
    return async () => {
      const { span, final } = await decoded;
      if (!final) return { span, finals: [] };
      if (!voices || !hearing) return { span, finals: [final] };
      const heard = await voices.divide(final, samples, await hearing);
      return { span, ...heard };
    };
  }

  private async decodeAll(
    bounds: UtteranceBounds,
    samples: Float32Array,
    ahead: Promise<Heard> | undefined,
  ): Promise<{ span: CoverageSpan; final?: Final }> {
    const { startMs, endMs } = bounds;
    if (isTooQuiet(samples)) {
      ahead?.catch(() => undefined);
      return { span: { startMs, endMs, state: 'filtered', rule: 'too-quiet' } };
    }
    const { speech, language, vocabulary, recorded } = this.options;
    const again = (): Promise<Heard> =>
      speech.decode(samples, {
        urgency: recorded ? 'recorded' : 'final',
        language,
        vocabulary,
        ...recorded,
      });
    try {
      const heard = await (ahead ?? again()).catch((error: unknown) => {
        // Who waits for a second time as long falls behind for good.
        if (isModelFailed(error) && error.reason === 'timeout') throw error;
        return again();
      });
      const rule = filterRule(heard, bounds.speechEndMs - bounds.speechStartMs);
      if (rule) return { span: { startMs, endMs, state: 'filtered', rule } };
      const final = { ...heard, bounds, words: wordsOf(heard, bounds, samples) };
      return { span: { startMs, endMs, state: 'transcribed' }, final };
    } catch (error) {
      logEvent('utterance.lost', { ms: endMs - startMs, err: error });
      return { span: { startMs, endMs, state: 'lost' } };
    }
  }

  private decode(
    samples: Float32Array,
    urgency: 'final' | 'partial',
    signal?: AbortSignal,
  ): Promise<Heard> {
    const { speech, language, vocabulary } = this.options;
    const request = { urgency, language, vocabulary };
    return speech.decode(samples, signal ? { ...request, signal } : request);
  }

  private async draft(bounds: UtteranceBounds, decoding: Promise<Heard>): Promise<void> {
    const { clock, sink } = this.options;
    const startedAt = clock.now();
    try {
      const heard = await decoding;
      const { text, engine } = heard;
      const wanted = this.open && this.mayDraft() && filterRule(heard) === null && !stammers(text);
      // A decode that took longer than one of more audio knows nothing better.
      if (wanted && bounds.endMs >= this.shownMs) {
        this.shownMs = bounds.endMs;
        sink.draft({ bounds, engine, heard: text, ...this.agreed.take(text) });
      }
    } catch {
      // The final says what went wrong, if it fails too.
    }
    const now = clock.now();
    const pauseMs = Math.max(DRAFT_EVERY_MS, (now - startedAt) / DRAFT_SHARE);
    this.nextDraftAt = this.beginning ? now : now + pauseMs;
  }

  /** There are no words of it yet, and there may be any moment. */
  private get beginning(): boolean {
    return this.shownMs === 0 && this.heardMs - this.startMs < FIRST_WITHIN_MS;
  }
}
