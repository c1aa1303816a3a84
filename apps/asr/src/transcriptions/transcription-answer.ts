import { toSrt, toVtt } from '@parley/contracts';
import type { SpokenSegment } from './recording-transcriber';
import type { Granularity, ResponseFormat } from './transcription.request';
import type { TranscriptionUsage, TranscriptionView } from './transcription.view';

export interface Transcribed {
  segments: readonly SpokenSegment[];
  durationMs: number;
  language: string;
}

/** An answer that is not JSON. */
export interface TextAnswer {
  contentType: string;
  text: string;
}

export function textOf(segments: readonly SpokenSegment[]): string {
  return segments.map(({ text }) => text).join(' ');
}

export function usageOf(durationMs: number): TranscriptionUsage {
  return { type: 'duration', seconds: Math.ceil(durationMs / 1_000) };
}

/** The whole transcription in the form that was asked for. */
export function answerIn(
  format: ResponseFormat,
  transcribed: Transcribed,
  granularities: readonly Granularity[],
): TranscriptionView | TextAnswer {
  const { segments } = transcribed;
  switch (format) {
    case 'text':
      return { contentType: 'text/plain; charset=utf-8', text: `${textOf(segments)}\n` };
    case 'srt':
      return { contentType: 'application/x-subrip; charset=utf-8', text: toSrt(segments) };
    case 'vtt':
      return { contentType: 'text/vtt; charset=utf-8', text: toVtt(segments) };
    case 'json':
      return { text: textOf(segments), usage: usageOf(transcribed.durationMs) };
    case 'verbose_json':
      return verbose(transcribed, granularities);
  }
}

function verbose(
  { segments, durationMs, language }: Transcribed,
  granularities: readonly Granularity[],
): TranscriptionView {
  return {
    task: 'transcribe',
    language: nameOf(language),
    duration: inSeconds(durationMs),
    text: textOf(segments),
    usage: usageOf(durationMs),
    ...(granularities.includes('segment')
      ? {
          segments: segments.map(({ startMs, endMs, text }, id) => ({
            id,
            start: inSeconds(startMs),
            end: inSeconds(endMs),
            text,
          })),
        }
      : {}),
    ...(granularities.includes('word')
      ? {
          words: segments.flatMap(({ words }) =>
            words.map((word) => ({
              word: word.text,
              start: inSeconds(word.startMs),
              end: inSeconds(word.endMs),
              estimated: word.estimated ?? false,
            })),
          ),
        }
      : {}),
  };
}

function inSeconds(ms: number): number {
  return Math.round(ms) / 1_000;
}

/** `en-GB` is `english`. */
function nameOf(language: string): string {
  const [primary = language] = language.split('-');
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  return (names.of(primary) ?? primary).toLowerCase();
}
