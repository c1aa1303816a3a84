import { SpeechEngine, VoiceDetector, type Transcription } from '@parley/ai';
import { pcmToSamples } from '@parley/audio';
import { endOfAudio, type AudioEntry } from '@parley/bus';
import type { CoverageSpan } from '@parley/contracts';
import { DecodeQueue } from '../decoding/decode-queue';
import { SpeechDecoder } from '../decoding/speech-decoder';
import { ChannelListener } from './channel-listener';
import { defaultPolicy } from './endpointer';
import type { Outcome } from './outcome';
import { UtteranceDecoder } from './utterance-decoder';

const BYTES_PER_MS = 32;
const LENGTH_MS = 30_000;
/** What was really said: every stretch of it differs from every other. */
const said = Buffer.alloc(LENGTH_MS * BYTES_PER_MS);
for (let at = 0; at < said.length; at += 2)
  said.writeInt16LE(((at * 48_271) % 65_521) - 32_768, at);

const cut = (startMs: number, endMs: number): Buffer =>
  said.subarray(startMs * BYTES_PER_MS, endMs * BYTES_PER_MS);

function randomOf(first: number): (below: number) => number {
  let seed = first;
  return (below) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
}

/** Speech now and then, whatever it hears. */
class WhimsicalDetector extends VoiceDetector {
  readonly frameSamples = 512;
  private left = 0;
  private speech = false;
  constructor(private readonly random: (below: number) => number) {
    super();
  }
  isSpeech(): boolean {
    if (this.left-- <= 0) [this.speech, this.left] = [!this.speech, this.random(60)];
    return this.speech;
  }
  reset(): void {
    this.left = 0;
  }
}

/** Its text tells which samples it was given. */
class EchoEngine extends SpeechEngine {
  readonly name = 'echo';
  readonly languages = ['en'];
  transcribe(samples: Float32Array): Promise<Transcription> {
    return Promise.resolve({ text: textOf(samples) });
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function textOf(samples: Float32Array): string {
  let sum = 0;
  for (const sample of samples) sum = (sum * 31 + Math.round(sample * 32_768)) % 1_000_000_007;
  return `heard ${samples.length} ${sum}`;
}

/** Entries as senders write them who resend too much, too little, twice, and over each other. */
function entriesOf(random: (below: number) => number): AudioEntry[] {
  const entries: AudioEntry[] = [];
  const channel = 'main';
  let atMs = 0;
  while (atMs < LENGTH_MS - 4_000) {
    const kind = random(20);
    const ms = 1 + random(1_000);
    if (kind < 2) atMs += random(700);
    if (kind === 2) entries.push({ kind: 'gap', channel, startMs: atMs, endMs: atMs + ms });
    if (kind === 3) atMs = Math.max(0, atMs - random(6_000));
    const repeated = entries[random(entries.length + 1)];
    if (kind === 4 && repeated) entries.push(repeated);
    if (kind > 4) {
      entries.push({ kind: 'audio', channel, startMs: atMs, pcm: cut(atMs, atMs + ms) });
      atMs += ms;
    }
  }
  return [...entries, { kind: 'end', channel, endMs: atMs + random(500) }];
}

/** What must become of it: what comes first counts, and what was passed over is lost. */
function expectedLost(entries: AudioEntry[]): { lost: boolean[]; endMs: number } {
  const lost: boolean[] = [];
  for (const entry of entries) {
    if (entry.kind === 'audio') {
      while (lost.length < entry.startMs) lost.push(true);
      const endMs = entry.startMs + entry.pcm.length / BYTES_PER_MS;
      while (lost.length < endMs) lost.push(false);
    } else {
      while (lost.length < entry.endMs) lost.push(true);
    }
  }
  return { lost, endMs: lost.length };
}

describe('ChannelListener, of what is sent again', () => {
  const seeds = Array.from({ length: 20 }, (_, n) => n + 1);

  it.each(seeds)(
    'hears each millisecond once, as it was said, over takeovers, too (seed %i)',
    async (seed) => {
      const random = randomOf(seed);
      const entries = entriesOf(random);
      const outcomes: Outcome[] = [];
      let checkpointMs = 0;
      const listen = (from: number): ChannelListener => {
        let alive = true;
        const sink = {
          settle: (outcome: Outcome) => {
            // A replica that lost the meeting writes nothing.
            if (!alive) return Promise.reject(new Error('fenced off'));
            outcomes.push(outcome);
            ({ checkpointMs } = outcome);
            return Promise.resolve();
          },
          draft: () => undefined,
        };
        die = () => (alive = false);
        const clock = { now: () => 0 };
        const local = new DecodeQueue(new EchoEngine(), 2, clock);
        const speech = new SpeechDecoder({ local, endpoint: null, clock });
        const decoder = new UtteranceDecoder({
          speech,
          sink,
          language: 'en',
          vocabulary: [],
          clock,
        });
        const detector = new WhimsicalDetector(random);
        return new ChannelListener({
          checkpointMs: from,
          policy: defaultPolicy,
          detector,
          decoder,
          sink,
        });
      };
      let die: () => void = () => undefined;
      let listener = listen(0);
      let takeovers = 0;
      for (let next = 0; next < entries.length;) {
        if (takeovers < 4 && random(15) === 0) {
          takeovers += 1;
          die();
          listener = listen(checkpointMs);
          // The log is trimmed behind the checkpoint, or not yet.
          next = entries.findIndex((entry) => endOfAudio(entry) > checkpointMs || random(2) === 0);
        }
        const entry = entries[next++];
        if (entry) await listener.accept(entry);
        if (random(25) === 0) listener.starved();
      }
      await listener.drained();

      const { lost, endMs } = expectedLost(entries);
      const spans = outcomes.flatMap((outcome) => outcome.spans);
      expectContiguous(spans, endMs);
      const claimedLost = spans.flatMap((span) =>
        Array.from({ length: span.endMs - span.startMs }, () => span.state === 'lost'),
      );
      expect(claimedLost.findIndex((claim, ms) => claim !== lost[ms])).toBe(-1);
      for (const final of outcomes.flatMap(({ finals }) => finals)) {
        const { startMs, endMs: finalEndMs } = final.bounds;
        expect(final.text).toBe(textOf(pcmToSamples(cut(startMs, finalEndMs))));
      }
      expect(outcomes.filter(({ completed }) => completed)).toHaveLength(1);
    },
  );
});

function expectContiguous(spans: CoverageSpan[], endMs: number): void {
  let atMs = 0;
  for (const span of spans) {
    expect(span.startMs).toBe(atMs);
    expect(span.endMs).toBeGreaterThan(span.startMs);
    atMs = span.endMs;
  }
  expect(atMs).toBe(endMs);
}
