import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Pieces } from './limits';
import { PcmCollector } from './pcm-collector';
import { readWavFrames, wavFrames, type WavInfo } from './wav';

export function wavMs(info: WavInfo): number {
  return Math.floor((wavFrames(info) / info.sampleRate) * 1_000);
}

/** Decodes a WAV file a second at a time, so that nothing else has to wait for it. */
export async function* wavPieces(file: Uint8Array, info: WavInfo, signal: AbortSignal): Pieces {
  const frames = wavFrames(info);
  const collector = new PcmCollector();
  for (let from = 0; from < frames; from += info.sampleRate) {
    signal.throwIfAborted();
    const mono = readWavFrames(file, info, from, Math.min(frames, from + info.sampleRate));
    yield collector.push({ channelData: [mono], sampleRate: info.sampleRate });
    await yieldToOthers();
  }
  signal.throwIfAborted();
  yield collector.flush();
}
