import type { Transcription } from '@parley/ai';
import type { Clock, CoverageSpan } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { DecodeQueue } from '../decoding/decode-queue';
import type { AudioMemory } from './audio-memory';
import type { UtteranceBounds } from './endpointer';
import type { Outcome, OutcomeSink } from './outcome';
import { filterRule } from './text-rules';

/** A first draft on less is a guess. */
const FIRST_DRAFT_MS = 900;
const DRAFT_EVERY_MS = 700;
/** Drafts of a long utterance cost more: at most this part of the time goes into them. */
const DRAFT_SHARE = 1 / 3;

export interface DecoderOptions {
  queue: DecodeQueue;
  sink: OutcomeSink;
  language: string;
  clock: Clock;
  /**
   * It was recorded before: no drafts, nothing decoded ahead of time, and live meetings go first. The signal ends it.
   */
  recorded?: { signal: AbortSignal };
}

/** Turns the utterances of one channel into text. */
export class UtteranceDecoder {
  constructor(private readonly options: DecoderOptions) {}

  /** @param mayDraft false while an earlier utterance has no number yet: a draft would take it */
  begin(startMs: number, memory: AudioMemory, mayDraft: () => boolean): UtteranceDecoding {
    return new UtteranceDecoding(startMs, memory, mayDraft, this.options);
  }
}

/** One utterance: drafts while it grows, a decode ahead when it seems to end, and its text at the end. */
export class UtteranceDecoding {
  private ahead: { endMs: number; abort: AbortController; text: Promise<Transcription> } | null =
    null;
  private drafting = false;
  private open = true;
  private nextDraftAtMs: number;
  private nextDraftAt: number;

  constructor(
    private readonly startMs: number,
    private readonly memory: AudioMemory,
    private readonly mayDraft: () => boolean,
    private readonly options: DecoderOptions,
  ) {
    this.nextDraftAtMs = startMs + FIRST_DRAFT_MS;
    this.nextDraftAt = options.clock.now();
  }

  /** It goes on, and has been heard up to `heardMs`. */
  grow(heardMs: number): void {
    if (this.options.recorded) return;
    if (!this.mayDraft() || this.drafting || heardMs < this.nextDraftAtMs) return;
    if (!this.options.queue.takesDrafts || this.options.clock.now() < this.nextDraftAt) return;
    this.drafting = true;
    this.nextDraftAtMs = heardMs + DRAFT_EVERY_MS;
    const bounds = {
      startMs: this.startMs,
      endMs: heardMs,
      speechStartMs: this.startMs,
      speechEndMs: heardMs,
    };
    void this.draft(bounds, this.decode(bounds, 'partial')).finally(() => {
      this.drafting = false;
    });
  }

  /** It may be over: decodes now, so that the text is there when it is. */
  expectEnd(bounds: UtteranceBounds): void {
    if (this.options.recorded) return;
    const abort = new AbortController();
    const text = this.decode(bounds, 'final', abort.signal);
    this.ahead = { endMs: bounds.endMs, abort, text };
    void this.draft(bounds, text);
  }

  /** It was not over. */
  goOn(): void {
    this.ahead?.abort.abort();
    this.ahead = null;
  }

  /** Never rejects: what cannot be decoded is lost, and said to be. */
  finish(bounds: UtteranceBounds): Promise<{ span: CoverageSpan; final?: Outcome['final'] }> {
    this.open = false;
    const { ahead } = this;
    const inTime = ahead?.endMs === bounds.endMs ? ahead : null;
    if (!inTime) ahead?.abort.abort();
    // Its samples are taken now: the memory forgets them.
    const samples = this.memory.slice(bounds.startMs, bounds.endMs);
    return this.conclude(bounds, samples, inTime?.text);
  }

  private async conclude(
    bounds: UtteranceBounds,
    samples: Float32Array,
    ahead: Promise<Transcription> | undefined,
  ): Promise<{ span: CoverageSpan; final?: Outcome['final'] }> {
    const { startMs, endMs } = bounds;
    const { queue, language, recorded } = this.options;
    const again = (): Promise<Transcription> =>
      queue.decode(samples, { urgency: recorded ? 'recorded' : 'final', language, ...recorded });
    try {
      const { text, confidence } = await (ahead ?? again()).catch(again);
      const rule = filterRule(text);
      if (rule) return { span: { startMs, endMs, state: 'filtered', rule } };
      const final = { bounds, text, ...(confidence === undefined ? {} : { confidence }) };
      return { span: { startMs, endMs, state: 'transcribed' }, final };
    } catch (error) {
      logEvent('utterance.lost', { ms: endMs - startMs, err: error });
      return { span: { startMs, endMs, state: 'lost' } };
    }
  }

  private decode(
    { startMs, endMs }: UtteranceBounds,
    urgency: 'final' | 'partial',
    signal?: AbortSignal,
  ): Promise<Transcription> {
    const samples = this.memory.slice(startMs, endMs);
    const { queue, language } = this.options;
    return queue.decode(samples, { urgency, language, ...(signal ? { signal } : {}) });
  }

  private async draft(bounds: UtteranceBounds, decoding: Promise<Transcription>): Promise<void> {
    const { clock, sink } = this.options;
    const startedAt = clock.now();
    try {
      const { text } = await decoding;
      const wanted = this.open && this.mayDraft() && filterRule(text) === null;
      if (wanted) sink.draft({ bounds, text });
    } catch {
      // The final says what went wrong, if it fails too.
    }
    const now = clock.now();
    this.nextDraftAt = now + Math.max(DRAFT_EVERY_MS, (now - startedAt) / DRAFT_SHARE);
  }
}
