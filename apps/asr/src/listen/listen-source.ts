import { LiveDecoder, SampleReader } from '@parley/audio';
import type { ListenOptions } from './listen-options';

/** Samples of one rate; for each channel as many. */
export interface SourceSamples {
  sampleRate: number;
  /** None before it is known how many there are. */
  channels: Float32Array[];
}

/** Turns what a client sends into samples. */
export interface ListenSource {
  /** As much is decoded at a time. */
  readonly partBytes: number;
  /** More than this waiting to be heard holds the sender up. */
  readonly mostWaitingBytes: number;
  /** @throws LiveAudioError when it cannot be heard */
  push(bytes: Buffer): Promise<SourceSamples>;
  /** @throws LiveAudioError when it broke off, or there was nothing in it */
  end(): Promise<void>;
  close(): void;
}

export function listenSource({ raw, channels }: ListenOptions): ListenSource {
  if (!raw) return new ContainerSource();
  const { encoding, sampleRate } = raw;
  const reader = new SampleReader(encoding, channels);
  return {
    partBytes: 16_000,
    mostWaitingBytes: 1_000_000,
    push: (bytes) => Promise.resolve({ sampleRate, channels: reader.push(bytes) }),
    end: () => Promise.resolve(),
    close: () => undefined,
  };
}

/** Ogg or WebM with Opus: a byte of it is about sixteen times as long as one of raw samples. */
class ContainerSource implements ListenSource {
  readonly partBytes = 1_000;
  readonly mostWaitingBytes = 64_000;
  private readonly decoder = new LiveDecoder();

  push(bytes: Buffer): Promise<SourceSamples> {
    return this.decoder.push(bytes);
  }

  async end(): Promise<void> {
    await this.decoder.end();
  }

  close(): void {
    void this.decoder.close();
  }
}
