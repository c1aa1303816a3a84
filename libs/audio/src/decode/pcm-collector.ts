import { mixDown, SAMPLE_RATE, samplesToPcm } from '../pcm/pcm';
import { Resampler } from '../pcm/resampler';

export interface DecodedChunk {
  channelData: readonly Float32Array[];
  sampleRate: number;
  /** What could not be decoded; its samples are left out. */
  errors?: readonly unknown[];
}

/** Turns what a decoder gives, piece by piece, into 16 kHz mono s16le. */
export class PcmCollector {
  private resampler: Resampler | null = null;
  private sampleRate = 0;

  push({ channelData, sampleRate }: DecodedChunk): Buffer {
    const mono = mixDown(channelData);
    if (mono.length === 0) return Buffer.alloc(0);
    const rest = sampleRate === this.sampleRate ? Buffer.alloc(0) : this.flush();
    if (sampleRate !== this.sampleRate) {
      this.sampleRate = sampleRate;
      this.resampler = new Resampler(sampleRate, SAMPLE_RATE);
    }
    const pcm = samplesToPcm(this.resampler?.push(mono) ?? mono);
    return rest.length > 0 ? Buffer.concat([rest, pcm]) : pcm;
  }

  flush(): Buffer {
    return this.resampler ? samplesToPcm(this.resampler.flush()) : Buffer.alloc(0);
  }
}
