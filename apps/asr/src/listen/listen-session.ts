import { createHash } from 'node:crypto';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { VoiceDetectorFactory } from '@parley/ai';
import { LiveAudioError, mixDown } from '@parley/audio';
import { logEvent } from '@parley/observability';
import type { WebSocket } from 'ws';
import type { Draft, Final } from '../listening/outcome';
import { ListenChannel, type ChannelTools } from './listen-channel';
import {
  metadataMessage,
  resultsMessage,
  speechStartedMessage,
  utteranceEndMessage,
  type SpokenResult,
  type StreamAbout,
} from './listen-messages';
import type { ListenOptions } from './listen-options';
import { listenSource, type ListenSource, type SourceSamples } from './listen-source';

export interface ListenTools extends Omit<ChannelTools, 'detector'> {
  detectors: VoiceDetectorFactory;
  requestId: string;
  /** After so long without audio what was being said is finished. */
  starvedMs: number;
}

const CLOSE_NORMAL = 1000;
const CLOSE_POLICY = 1008;
const CLOSE_INTERNAL = 1011;
/** As Deepgram: whoever pauses for longer says KeepAlive. */
const SILENT_MS = 10_000;
const LOOK_EVERY_MS = 500;
const MOST_UNREAD_BYTES = 1_000_000;
/** So much audio is heard at a time, of all channels together: a few bytes of Opus may be minutes of it. */
const STEP_SECONDS = 0.5;

/** One conversation on `WS /v1/listen`: audio and words of control in, results out. */
export class ListenSession {
  private readonly startedAt = new Date();
  private readonly about: StreamAbout;
  private readonly source: ListenSource;
  /** None before it is known what comes. */
  private channels: ListenChannel[] = [];
  private readonly hash = createHash('sha256');
  private readonly timer: NodeJS.Timeout;
  /** Messages are handled one after the other, in the order they came. */
  private turn: Promise<void> = Promise.resolve();
  private waitingBytes = 0;
  private heardAt = performance.now();
  /** When audio was last heard to its end. */
  private audioAt = performance.now();
  private finalizing = false;
  private over = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly options: ListenOptions,
    private readonly tools: ListenTools,
  ) {
    this.about = {
      requestId: tools.requestId,
      channels: options.multichannel ? options.channels : 1,
    };
    this.source = listenSource(options);
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.heardAt = performance.now();
      if (isBinary) this.audio(data);
      else this.words(data.toString('utf8'));
    });
    socket.once('close', () => {
      this.over = true;
      clearInterval(this.timer);
      this.source.close();
    });
    // A turn later: where the process stood still, what came meanwhile is read first.
    const look = this.look.bind(this);
    this.timer = setInterval(() => setImmediate(look), LOOK_EVERY_MS);
  }

  private audio(data: Buffer): void {
    // An empty message is an older way to say CloseStream.
    if (data.length === 0) {
      this.take(() => this.end());
      return;
    }
    this.waitingBytes += data.length;
    const { partBytes, mostWaitingBytes } = this.source;
    if (this.waitingBytes > mostWaitingBytes) this.socket.pause();
    this.take(async () => {
      this.hash.update(data);
      for (let at = 0; at < data.length && !this.over; at += partBytes) {
        await this.hear(await this.source.push(data.subarray(at, at + partBytes)));
      }
      this.waitingBytes -= data.length;
      this.heardAt = this.audioAt = performance.now();
      if (this.waitingBytes <= mostWaitingBytes / 2) this.socket.resume();
    });
  }

  private words(text: string): void {
    switch (typeOf(text)) {
      case 'KeepAlive':
        return;
      case 'Finalize':
        this.take(() => this.finalize());
        return;
      case 'CloseStream':
        this.take(() => this.end());
        return;
      default:
        this.close(CLOSE_POLICY, 'DATA-0000: audio, KeepAlive, Finalize or CloseStream');
    }
  }

  /** Everything else that the process does has its turn after each step. */
  private async hear({ sampleRate, channels }: SourceSamples): Promise<void> {
    const { multichannel } = this.options;
    const [first] = channels;
    if (!first) return;
    if (this.channels.length === 0) this.open(sampleRate, multichannel ? channels.length : 1);
    const step = Math.ceil((STEP_SECONDS * sampleRate) / channels.length);
    for (let at = 0; at < first.length && !this.over; at += step) {
      const part = channels.map((samples) => samples.subarray(at, at + step));
      const streams = multichannel ? part : [mixDown(part)];
      await Promise.all(this.channels.map((one, index) => one.accept(streams[index] ?? EMPTY)));
      this.tellPauses();
      await yieldToOthers();
    }
  }

  private open(sampleRate: number, count: number): void {
    const { options, tools } = this;
    this.about.channels = count;
    this.channels = Array.from({ length: count }, (_, index) => {
      const own = { ...tools, detector: tools.detectors.create() };
      return new ListenChannel(options, sampleRate, own, this.earsOf(index));
    });
  }

  private tellPauses(): void {
    const { utteranceEndMs } = this.options;
    if (utteranceEndMs === null) return;
    for (const [index, channel] of this.channels.entries()) {
      const lastWordEndMs = channel.pausedFor(utteranceEndMs);
      if (lastWordEndMs !== null) this.send(utteranceEndMessage(this.about, index, lastWordEndMs));
    }
  }

  private async finalize(): Promise<void> {
    this.finalizing = true;
    try {
      await Promise.all(this.channels.map((channel) => channel.finalize()));
    } finally {
      this.finalizing = false;
    }
  }

  /** All that was said is told before a word of how the audio itself ended. */
  private async end(broken?: LiveAudioError): Promise<void> {
    const flaw = broken ?? (await this.source.end().then(() => null, asFlaw));
    await Promise.all(this.channels.map((channel) => channel.end()));
    // The last utterance may have been understood after the last audio was heard.
    this.tellPauses();
    const durationMs = this.channels[0]?.durationMs ?? 0;
    const sha256 = this.hash.digest('hex');
    this.send(metadataMessage(this.about, { startedAt: this.startedAt, durationMs, sha256 }));
    if (flaw) this.close(CLOSE_POLICY, `DATA-0000: ${flaw.message}`);
    else this.close(CLOSE_NORMAL, 'finished');
  }

  /** Every now and then. What waits to be heard is no silence, and holds back what comes behind it. */
  private look(): void {
    if (this.over || this.waitingBytes > 0) return;
    const now = performance.now();
    if (now - this.heardAt > SILENT_MS) {
      this.close(CLOSE_INTERNAL, 'NET-0001: no audio within 10 seconds, and no KeepAlive');
    } else if (now - this.audioAt > this.tools.starvedMs) {
      this.audioAt = now;
      this.take(() => this.finalize());
    }
  }

  private earsOf(index: number) {
    const { interimResults, vadEvents, policy } = this.options;
    const result = (said: Draft | Final, more: Partial<SpokenResult>): void => {
      const spoken = { channel: index, said, isFinal: false, speechFinal: false, speaker: null };
      this.send(resultsMessage(this.about, { ...spoken, fromFinalize: false, ...more }));
    };
    return {
      began: (atMs: number) => {
        if (vadEvents) this.send(speechStartedMessage(this.about, index, atMs));
      },
      draft: (draft: Draft) => {
        if (interimResults) result(draft, {});
      },
      final: (final: Final, speaker: number | null) => {
        const { endMs, speechEndMs } = final.bounds;
        const speechFinal = endMs - speechEndMs >= policy.pauseMs;
        const fromFinalize = this.finalizing;
        result(final, { isFinal: true, speechFinal, fromFinalize, speaker });
      },
    };
  }

  private take(work: () => Promise<void>): void {
    this.turn = this.turn
      .then(() => (this.over ? undefined : work()))
      .catch((error: unknown) => {
        if (error instanceof LiveAudioError) return this.end(error);
        throw error;
      })
      .catch((error: unknown) => {
        logEvent('listen.failed', { err: error });
        this.close(CLOSE_INTERNAL, 'NET-0000: the audio could not be understood');
      });
  }

  private send(message: object): void {
    if (this.over || this.socket.readyState !== this.socket.OPEN) return;
    // Somebody who never reads must not fill the memory.
    if (this.socket.bufferedAmount > MOST_UNREAD_BYTES) this.socket.terminate();
    else this.socket.send(JSON.stringify(message));
  }

  private close(code: number, reason: string): void {
    this.over = true;
    // A socket that is held up would never hear the other side's goodbye.
    this.socket.resume();
    this.socket.close(code, reason);
  }
}

const EMPTY = new Float32Array();

function asFlaw(error: unknown): LiveAudioError {
  if (error instanceof LiveAudioError) return error;
  throw error;
}

function typeOf(text: string): unknown {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null && 'type' in message
      ? message.type
      : undefined;
  } catch {
    return undefined;
  }
}
