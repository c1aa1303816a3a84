import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { DecodeError } from './decode-failure';
import type { DecodeBounds } from './limits';
import { PcmCollector } from './pcm-collector';
import { readWavFrames, wavFrames, type WavInfo } from './wav';

/** Decodes a WAV file a second at a time, so that nothing else has to wait for it. */
export async function decodeWav(
  file: Uint8Array,
  info: WavInfo,
  { signal, longestMs }: DecodeBounds,
): Promise<Buffer> {
  const frames = wavFrames(info);
  if ((frames / info.sampleRate) * 1_000 > longestMs) throw new DecodeError('too-long');
  const collector = new PcmCollector();
  const parts: Buffer[] = [];
  for (let from = 0; from < frames; from += info.sampleRate) {
    const mono = readWavFrames(file, info, from, Math.min(frames, from + info.sampleRate));
    parts.push(collector.push({ channelData: [mono], sampleRate: info.sampleRate }));
    await yieldToOthers();
    signal?.throwIfAborted();
  }
  return Buffer.concat([...parts, collector.flush()]);
}
