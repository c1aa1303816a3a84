import type { SpeechEngine } from '@parley/ai';
import { BYTES_PER_MS, pcmToSamples, wavFile } from '@parley/audio';
import OpenAI from 'openai';
import type { Span } from './recordings';

export interface HeardSegment extends Span {
  text: string;
}

/** What turns a recording into text. */
export interface Listener {
  name: string;
  /** It can be told which names to expect. */
  takesNames: boolean;
  /** @param vocabulary names and words to expect */
  hear(pcm: Buffer, vocabulary?: readonly string[]): Promise<HeardSegment[]>;
}

/** Any server that has OpenAI's `POST /v1/audio/transcriptions`. */
export function transcriptionServer(
  name: string,
  baseURL: string,
  apiKey: string,
  model: string,
): Listener {
  const client = new OpenAI({ baseURL, apiKey, maxRetries: 0, timeout: 600_000 });
  return {
    name,
    takesNames: true,
    async hear(pcm, vocabulary = []) {
      const { segments = [] } = await client.audio.transcriptions.create({
        file: new File([wavFile(pcm)], 'recording.wav', { type: 'audio/wav' }),
        model,
        language: 'en',
        ...(vocabulary.length === 0 ? {} : { prompt: vocabulary.join(', ') }),
        response_format: 'verbose_json',
        timestamp_granularities: ['segment'],
      });
      return segments.map(({ start, end, text }) => {
        return { startMs: start * 1_000, endMs: end * 1_000, text };
      });
    },
  };
}

const CHUNK_MS = 10_000;

/** The engine as it is often used: every ten seconds go straight into it, whatever is in them. */
export function fixedChunks(engine: SpeechEngine): Listener {
  return {
    name: `${engine.name} on fixed chunks of ${CHUNK_MS / 1_000} s`,
    takesNames: false,
    async hear(pcm) {
      const segments: HeardSegment[] = [];
      const durationMs = pcm.length / BYTES_PER_MS;
      for (let startMs = 0; startMs < durationMs; startMs += CHUNK_MS) {
        const endMs = Math.min(durationMs, startMs + CHUNK_MS);
        const part = pcm.subarray(startMs * BYTES_PER_MS, endMs * BYTES_PER_MS);
        const { text } = await engine.transcribe(pcmToSamples(part));
        if (text !== '') segments.push({ startMs, endMs, text });
      }
      return segments;
    },
  };
}
