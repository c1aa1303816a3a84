import type { Word } from '@parley/contracts';
import { estimatedWords } from '../listening/estimated-words';
import type { UtteranceBounds } from '../listening/endpointer';

/** Of `WS /v1/listen`; in Deepgram's form, seconds and all. What the engine does not say is left out. */
export interface StreamAbout {
  requestId: string;
  engineName: string;
  /** In the results: one, unless each channel is heard by itself. */
  channels: number;
}

export interface SpokenResult {
  channel: number;
  bounds: UtteranceBounds;
  text: string;
  isFinal: boolean;
  /** The speaker has paused: not cut for its length. */
  speechFinal: boolean;
  fromFinalize: boolean;
}

export function resultsMessage(
  { requestId, engineName, channels }: StreamAbout,
  { channel, bounds, text, isFinal, speechFinal, fromFinalize }: SpokenResult,
) {
  const { startMs, endMs, speechStartMs, speechEndMs } = bounds;
  const words = text === '' ? [] : estimatedWords(text, speechStartMs, speechEndMs);
  return {
    type: 'Results',
    channel_index: [channel, channels],
    start: inSeconds(startMs),
    duration: inSeconds(endMs - startMs),
    is_final: isFinal,
    speech_final: speechFinal,
    from_finalize: fromFinalize,
    channel: { alternatives: [{ transcript: text, words: words.map(wordOf) }] },
    metadata: {
      request_id: requestId,
      model_info: { name: engineName, version: 'local', arch: engineName },
      model_uuid: engineName,
    },
  };
}

export function utteranceEndMessage(about: StreamAbout, channel: number, lastWordEndMs: number) {
  return {
    type: 'UtteranceEnd',
    channel: [channel, about.channels],
    last_word_end: inSeconds(lastWordEndMs),
  };
}

export function speechStartedMessage(about: StreamAbout, channel: number, atMs: number) {
  return {
    type: 'SpeechStarted',
    channel: [channel, about.channels],
    timestamp: inSeconds(atMs),
  };
}

export function metadataMessage(
  { requestId, channels }: StreamAbout,
  { startedAt, durationMs, sha256 }: { startedAt: Date; durationMs: number; sha256: string },
) {
  return {
    type: 'Metadata',
    transaction_key: 'deprecated',
    request_id: requestId,
    sha256,
    created: startedAt.toISOString(),
    duration: inSeconds(durationMs),
    channels,
  };
}

function wordOf({ text, startMs, endMs }: Word) {
  return {
    word: text.toLowerCase().replace(/[^\p{L}\p{N}'-]/gu, ''),
    start: inSeconds(startMs),
    end: inSeconds(endMs),
    punctuated_word: text,
  };
}

function inSeconds(ms: number): number {
  return Math.round(ms) / 1_000;
}
