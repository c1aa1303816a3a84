import type { Word } from '@parley/contracts';
import { estimatedWords } from '../listening/estimated-words';
import type { Draft, Final } from '../listening/outcome';

/** Of `WS /v1/listen`; in Deepgram's form, seconds and all. What the engine does not say is left out. */
export interface StreamAbout {
  requestId: string;
  /** In the results: one, unless each channel is heard by itself; a container says how many it has. */
  channels: number;
}

export interface SpokenResult {
  channel: number;
  said: Draft | Final;
  isFinal: boolean;
  /** The speaker has paused: not cut for its length. */
  speechFinal: boolean;
  fromFinalize: boolean;
  /** Whose voice it is, counted from 0 as they were first heard; null when nobody can say. */
  speaker: number | null;
}

export function resultsMessage(
  { requestId, channels }: StreamAbout,
  { channel, said, isFinal, speechFinal, fromFinalize, speaker }: SpokenResult,
) {
  const { text, engine } = said;
  const { startMs, endMs } = said.bounds;
  return {
    type: 'Results',
    channel_index: [channel, channels],
    start: inSeconds(startMs),
    duration: inSeconds(endMs - startMs),
    is_final: isFinal,
    speech_final: speechFinal,
    from_finalize: fromFinalize,
    channel: {
      alternatives: [
        { transcript: text, words: wordsOf(said).map((word) => wordOf(word, speaker)) },
      ],
    },
    metadata: {
      request_id: requestId,
      model_info: { name: engine, version: versionOf(engine), arch: engine },
      model_uuid: engine,
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

/** Where it runs: engines have no other version to tell. */
function versionOf(engine: string): string {
  return engine.startsWith('openai:') ? 'endpoint' : 'local';
}

function wordsOf(said: Draft | Final): Word[] {
  if ('words' in said) return said.words;
  const { speechStartMs, speechEndMs } = said.bounds;
  return estimatedWords(said.text, speechStartMs, speechEndMs);
}

function wordOf({ text, startMs, endMs }: Word, speaker: number | null) {
  return {
    word: text.toLowerCase().replace(/[^\p{L}\p{N}'-]/gu, ''),
    start: inSeconds(startMs),
    end: inSeconds(endMs),
    punctuated_word: text,
    ...(speaker === null ? {} : { speaker }),
  };
}

function inSeconds(ms: number): number {
  return Math.round(ms) / 1_000;
}
