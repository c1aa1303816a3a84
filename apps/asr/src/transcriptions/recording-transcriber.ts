import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { VoiceDetectorFactory } from '@parley/ai';
import { BYTES_PER_MS } from '@parley/audio';
import { ProblemError, systemClock, type Word } from '@parley/contracts';
import { SpeechDecoder } from '../decoding/speech-decoder';
import { ChannelListener } from '../listening/channel-listener';
import { defaultPolicy } from '../listening/endpointer';
import type { Outcome } from '../listening/outcome';
import { UtteranceDecoder } from '../listening/utterance-decoder';

/** One utterance of a recording. */
export interface SpokenSegment {
  startMs: number;
  endMs: number;
  text: string;
  words: Word[];
}

export interface HearingOptions {
  language: string;
  /** Names and words to expect. */
  vocabulary: readonly string[];
  signal: AbortSignal;
}

/** Heard at a time; everything else that the process does has its turn in between. */
const PART_MS = 500;
const CHANNEL = 'recording';

/** Hears a recording as it hears a channel of a meeting, as fast as live meetings leave room for. */
@Injectable()
export class RecordingTranscriber {
  constructor(
    @Inject(VoiceDetectorFactory) private readonly detectors: VoiceDetectorFactory,
    @Inject(SpeechDecoder) private readonly speech: SpeechDecoder,
  ) {}

  /**
   * Yields what is said, in order, as soon as it is understood.
   * @param pcm 16 kHz mono s16le
   * @throws ProblemError `upstream-failed` when a part of it cannot be decoded: no text is better than one with holes
   */
  async *transcribe(
    pcm: Buffer,
    { language, vocabulary, signal }: HearingOptions,
  ): AsyncGenerator<SpokenSegment> {
    const heard: SpokenSegment[] = [];
    const sink = {
      settle: async (outcome: Outcome): Promise<void> => {
        signal.throwIfAborted();
        heard.push(...segmentsOf(outcome));
      },
      draft: () => undefined,
    };
    const { speech } = this;
    const options = {
      speech,
      sink,
      language,
      vocabulary,
      clock: systemClock,
      recorded: { signal },
    };
    const listener = new ChannelListener({
      checkpointMs: 0,
      policy: defaultPolicy,
      detector: this.detectors.create(),
      decoder: new UtteranceDecoder(options),
      sink,
    });
    const durationMs = Math.floor(pcm.length / BYTES_PER_MS);
    for (let startMs = 0; startMs < durationMs; startMs += PART_MS) {
      signal.throwIfAborted();
      const part = pcm.subarray(startMs * BYTES_PER_MS, (startMs + PART_MS) * BYTES_PER_MS);
      await listener.accept({ kind: 'audio', channel: CHANNEL, startMs, pcm: part });
      yield* heard.splice(0);
      await yieldToOthers();
    }
    await listener.accept({ kind: 'end', channel: CHANNEL, endMs: durationMs });
    await listener.drained();
    yield* heard.splice(0);
  }
}

function segmentsOf({ spans, finals }: Outcome): SpokenSegment[] {
  if (spans.some(({ state }) => state === 'lost')) {
    throw new ProblemError('upstream-failed', 'The speech engine could not decode the recording.');
  }
  return finals.map(({ bounds, text, words }) => {
    const { speechStartMs: startMs, speechEndMs: endMs } = bounds;
    return { startMs, endMs, text, words };
  });
}
