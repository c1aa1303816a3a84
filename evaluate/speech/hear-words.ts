import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { wavFile } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';
import OpenAI from 'openai';
import type { Say } from '../../bench/measure';
import { readSet, type Recording } from './recordings';
import { spreadWords, wordTimeErrors, type TimedWord, type WordTimeErrors } from './word-times';

/** Sentences of a synthesiser, which knows when it says each word. */
export const OWN_WORDS = join(PROJECT_ROOT, 'evaluate/speech/words');
const TIMES = 'words.tsv';

export interface WordTimesResult {
  by: string;
  /** How many words were said. */
  said: number;
  errors: WordTimeErrors;
}

/**
 * How far the times of words are off, and how far they would be if they were spread over the segments.
 * @param folders of which those count that say in `words.tsv` when words are spoken: file, begin and end in
 * milliseconds, and word, with tabs between
 * @returns none where no folder does
 */
export async function hearWordTimes(
  baseURL: string,
  folders: readonly string[],
  say: Say,
): Promise<WordTimesResult[]> {
  const timed = folders.filter((folder) => existsSync(join(folder, TIMES)));
  if (timed.length === 0) return [];
  const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0, timeout: 600_000 });
  const ours: WordTimesResult = { by: 'Parley', said: 0, errors: { starts: [], ends: [] } };
  const spread: WordTimesResult = {
    by: 'spread over the segments by their letters',
    said: 0,
    errors: { starts: [], ends: [] },
  };
  say('Parley says when each word was spoken …');
  for (const { pcm, words } of (await Promise.all(timed.map(readTimed))).flat()) {
    const heard = await client.audio.transcriptions.create({
      file: new File([wavFile(pcm)], 'recording.wav', { type: 'audio/wav' }),
      model: 'default',
      language: 'en',
      response_format: 'verbose_json',
      timestamp_granularities: ['segment', 'word'],
    });
    const inMs = ({ start, end }: { start: number; end: number }) => {
      return { startMs: start * 1_000, endMs: end * 1_000 };
    };
    const segments = (heard.segments ?? []).map((one) => ({ text: one.text, ...inMs(one) }));
    add(
      ours,
      words,
      (heard.words ?? []).map((one) => ({ text: one.word, ...inMs(one) })),
    );
    add(spread, words, spreadWords(segments));
  }
  return [ours, spread];
}

function add(
  result: WordTimesResult,
  said: readonly TimedWord[],
  heard: readonly TimedWord[],
): void {
  const { starts, ends } = wordTimeErrors(said, heard);
  result.said += said.length;
  result.errors.starts.push(...starts);
  result.errors.ends.push(...ends);
}

async function readTimed(folder: string): Promise<(Recording & { words: TimedWord[] })[]> {
  const words = await readWords(join(folder, TIMES));
  const { recordings } = await readSet(folder);
  return recordings.flatMap((recording) => {
    const known = words.get(recording.name);
    return known ? [{ ...recording, words: known }] : [];
  });
}

/** By the name of the recording. */
async function readWords(path: string): Promise<Map<string, TimedWord[]>> {
  const byFile = new Map<string, TimedWord[]>();
  for (const line of (await readFile(path, 'utf8')).split('\n').filter(Boolean)) {
    const [file = '', startMs, endMs, text = ''] = line.split('\t');
    const name = basename(file, extname(file));
    const words = byFile.get(name) ?? [];
    byFile.set(name, words);
    words.push({ text, startMs: Number(startMs), endMs: Number(endMs) });
  }
  return byFile;
}
