import type { VoiceDetector } from '@parley/ai';
import { FrameSlicer, pcmToSamples, SAMPLES_PER_MS } from '@parley/audio';
import type { AudioEntry } from '@parley/bus';
import type { CoverageSpan } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { ArrivalTimes } from './arrival-times';
import { AudioMemory } from './audio-memory';
import { Endpointer, type EndpointEvent, type EndpointPolicy } from './endpointer';
import type { OutcomeSink } from './outcome';
import { OutcomeChain } from './outcome-chain';
import { quietestMoment } from './quietest-moment';
import type { UtteranceDecoder, UtteranceDecoding } from './utterance-decoder';

/** Silence is reported once it is this long, so that coverage stays live. */
const SILENCE_REPORT_MS = 2_000;
/** A forced cut is looked for in the last stretch of this length. */
const CUT_SEARCH_MS = 2_500;
/** More utterances than this waiting for the engine hold the reading up. */
const MOST_WAITING = 2;

export interface ListenerOptions {
  /** Everything before it has been accounted for. */
  checkpointMs: number;
  policy: EndpointPolicy;
  detector: VoiceDetector;
  decoder: UtteranceDecoder;
  sink: OutcomeSink;
  /** Called whenever more has been written. */
  settled?: () => void;
  /** Is told when audio has come. */
  arrivals?: ArrivalTimes;
  /** Is told when somebody begins to speak. */
  began?: (startMs: number) => void;
}

/** Hears one channel: what speech is in it, and that every millisecond of it is accounted for. */
export class ChannelListener {
  private readonly memory = new AudioMemory();
  private readonly slicer: FrameSlicer;
  private readonly chain: OutcomeChain;
  private endpointer: Endpointer;
  /** Where the next sample is expected, and where the next frame begins. */
  private receivedMs: number;
  private heardMs: number;
  /** Up to here everything is in the chain. */
  private coveredMs: number;
  private utterance: UtteranceDecoding | null = null;
  private ended = false;

  constructor(private readonly options: ListenerOptions) {
    const { checkpointMs, policy, detector, sink, settled } = options;
    this.slicer = new FrameSlicer(detector.frameSamples);
    this.chain = new OutcomeChain(sink, checkpointMs, settled);
    this.endpointer = new Endpointer(policy, checkpointMs);
    this.receivedMs = checkpointMs;
    this.heardMs = checkpointMs;
    this.coveredMs = checkpointMs;
  }

  /** Up to here everything is written: the log need not keep it for this channel. */
  get settledMs(): number {
    return this.ended && this.chain.idle ? Infinity : this.chain.settledMs;
  }

  /** Somebody speaks, or paused too briefly for an end. */
  get speaking(): boolean {
    return this.endpointer.speaking;
  }

  /** The audio so far breaks off while somebody speaks, or begins to. */
  get midWord(): boolean {
    const { speaking, paused, onset } = this.endpointer;
    return (speaking && !paused) || onset;
  }

  /** The channel has ended; what is in hand may still be on its way. */
  get complete(): boolean {
    return this.ended;
  }

  /**
   * Takes the channel's next entry; entries may overlap what is known, which is left out, and leave some out,
   * which is lost.
   * @throws what a write failed with: then this listener is of no use any more
   */
  async accept(entry: AudioEntry): Promise<void> {
    this.chain.throwIfFailed();
    if (this.ended) return;
    switch (entry.kind) {
      case 'audio':
        this.audio(entry.startMs, pcmToSamples(entry.pcm));
        break;
      case 'gap':
        if (entry.endMs > this.receivedMs) this.lose(entry.endMs);
        break;
      case 'end':
        this.end(entry.endMs);
        break;
      case 'caption':
        logEvent('channel.entry-misplaced', { channel: entry.channel, type: entry.kind });
    }
    await this.chain.atMost(MOST_WAITING);
  }

  /**
   * Nothing has come for a while: what was said so far is not held back for what may never come, nor is the quiet behind it.
   * As long as a channel has not settled all it had, nothing behind it in the log is forgotten, and others have no room.
   */
  starved(): void {
    if (!this.ended) this.interrupt(this.receivedMs);
  }

  /** The sender left without an end. */
  async abandon(): Promise<void> {
    await this.accept({ kind: 'end', channel: '', endMs: this.receivedMs });
  }

  /** Resolves once everything in hand is written. */
  drained(): Promise<void> {
    return this.chain.atMost(0);
  }

  private audio(startMs: number, samples: Float32Array): void {
    // Audio in between never arrived, and nobody said so.
    if (startMs > this.receivedMs) this.lose(startMs);
    const known = Math.min(samples.length, (this.receivedMs - startMs) * SAMPLES_PER_MS);
    const fresh = samples.subarray(known);
    this.receivedMs += fresh.length / SAMPLES_PER_MS;
    this.options.arrivals?.note(this.receivedMs);
    for (const frame of this.slicer.push(fresh)) this.hear(frame);
  }

  private end(endMs: number): void {
    if (endMs > this.receivedMs) this.lose(endMs);
    else this.interrupt(this.receivedMs);
    this.ended = true;
    const checkpointMs = this.receivedMs;
    this.chain.add(() => Promise.resolve({ spans: [], finals: [], checkpointMs, completed: true }));
  }

  /** There is nothing to hear up to `endMs`, and there will not be: what comes of it later is left out. */
  private lose(endMs: number): void {
    const startMs = this.receivedMs;
    this.interrupt(startMs);
    this.cover([{ startMs, endMs, state: 'lost' }], endMs);
    this.moveTo(endMs);
  }

  private moveTo(ms: number): void {
    this.receivedMs = ms;
    this.heardMs = ms;
    this.coveredMs = ms;
    this.endpointer = new Endpointer(this.options.policy, ms);
  }

  private hear(frame: Float32Array): void {
    const startMs = this.heardMs;
    this.heardMs += frame.length / SAMPLES_PER_MS;
    this.memory.append(startMs, frame);
    const speech = this.options.detector.isSpeech(frame);
    for (const event of this.endpointer.frame(speech, startMs, this.heardMs)) this.follow(event);
    if (this.midWord) {
      this.utterance?.grow(this.heardMs);
    }
    const quietMs = this.endpointer.quietUntil(this.heardMs);
    if (!this.endpointer.speaking && quietMs - this.coveredMs >= SILENCE_REPORT_MS) {
      this.cover(this.silenceUntil(quietMs), quietMs);
    }
  }

  private follow(event: EndpointEvent): void {
    switch (event.kind) {
      case 'begin':
        this.options.began?.(event.startMs);
        this.begin(event.startMs);
        return;
      case 'pause':
        this.utterance?.expectEnd(event.bounds);
        return;
      case 'resume':
        this.utterance?.goOn();
        return;
      case 'end':
        this.finish(event.bounds);
        return;
      case 'too-long':
        this.cut(event.startMs);
    }
  }

  private cut(startMs: number): void {
    const fromMs = Math.max(startMs, this.heardMs - CUT_SEARCH_MS);
    const cutMs = fromMs + quietestMoment(this.memory.slice(fromMs, this.heardMs));
    const bounds = this.endpointer.cut(cutMs);
    if (!bounds) return;
    this.finish(bounds);
    this.begin(cutMs);
  }

  private begin(startMs: number): void {
    const mayDraft = (): boolean => this.chain.idle;
    this.utterance = this.options.decoder.begin(startMs, this.memory, mayDraft);
  }

  /** Ends the stretch in hand at `atMs`: what follows does not belong to it. */
  private interrupt(atMs: number): void {
    this.memory.append(this.heardMs, this.slicer.flush());
    this.heardMs = atMs;
    const bounds = this.endpointer.flush(atMs);
    if (bounds) this.finish(bounds);
    this.cover(this.silenceUntil(atMs), atMs);
    this.options.detector.reset();
  }

  private finish(bounds: Parameters<UtteranceDecoding['finish']>[0]): void {
    const { utterance } = this;
    if (!utterance) return;
    this.utterance = null;
    const before = this.silenceUntil(bounds.startMs);
    const conclude = utterance.finish(bounds);
    this.chain.add(async () => {
      const { span, ...understood } = await conclude();
      return { ...understood, spans: [...before, span], checkpointMs: bounds.endMs };
    });
    this.coverTo(bounds.endMs);
  }

  private silenceUntil(endMs: number): CoverageSpan[] {
    return endMs > this.coveredMs ? [{ startMs: this.coveredMs, endMs, state: 'silence' }] : [];
  }

  private cover(spans: CoverageSpan[], checkpointMs: number): void {
    if (spans.length === 0) return;
    this.chain.add(() => Promise.resolve({ spans, finals: [], checkpointMs }));
    this.coverTo(checkpointMs);
  }

  private coverTo(ms: number): void {
    this.coveredMs = ms;
    this.endpointer.raiseFloor(ms);
    this.memory.forgetBefore(ms);
  }
}
