import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { realBoundaries, type MarkedTopic } from './topics/real-boundaries';

/** A turn of a meeting that was held, as people transcribed it. */
export interface RealTurn {
  /** Counted from 0; evidence is given by it. */
  number: number;
  speaker: string;
  text: string;
}

export interface RealQuestion {
  /** Which meeting it is about, counted from 0. */
  meeting: number;
  query: string;
  /** First and last turn, inclusive, of each stretch that answers it. */
  evidence: [number, number][];
}

export interface RealMeetings {
  meetings: RealTurn[][];
  /** For each meeting where people heard a new topic begin, as places in its turns; null where nobody marked topics. */
  boundaries: (number[] | null)[];
  questions: RealQuestion[];
}

interface QmsumMeeting {
  meeting_transcripts: { speaker: string; content: string }[];
  topic_list?: MarkedTopic[];
  specific_query_list: { query: string; relevant_text_span: [string, string][] }[];
}

/** The meetings that come with Parley; see its README.md. */
export const QMSUM = join(PROJECT_ROOT, 'evaluate/understanding/qmsum');

/** The files of meetings in QMSum's form: all of a folder, by name, or the one that a path names. */
export function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(path, name));
}

/** Reads meetings in QMSum's form, one JSON object a line; see `qmsum/README.md`. */
export function readRealMeetings(files: string[]): RealMeetings {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  const read = lines
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as QmsumMeeting);
  const meetings = read.map(({ meeting_transcripts }) => meeting_transcripts.flatMap(turnOf));
  return {
    meetings,
    boundaries: read.map(({ topic_list }, nth) =>
      topic_list
        ? realBoundaries(meetings[nth]?.map(({ number }) => number) ?? [], topic_list)
        : null,
    ),
    questions: read.flatMap(({ specific_query_list }, meeting) =>
      specific_query_list.map(({ query, relevant_text_span }) => ({
        meeting,
        query,
        evidence: relevant_text_span.map(([first, last]): [number, number] => [
          Number(first),
          Number(last),
        ]),
      })),
    ),
  };
}

/** Without markup such as `{vocalsound}`; a turn of which nothing is left was no speech. */
function turnOf(
  { speaker, content }: QmsumMeeting['meeting_transcripts'][number],
  number: number,
): RealTurn[] {
  const text = content
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return /[\p{L}\p{N}]/u.test(text) ? [{ number, speaker, text }] : [];
}
