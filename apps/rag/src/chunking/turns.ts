import { countWords, splitSentences } from './sentences';

/** A stretch of one speaker's speech, as the transcript holds it. */
export interface SpokenSegment {
  id: string;
  speaker: string | null;
  text: string;
  startMs: number;
  endMs: number;
}

/** Some turns of a meeting that are retrieved and cited as one. */
export interface TurnChunk {
  /** Counted from 0 within its meeting. */
  ordinal: number;
  /** A line a turn, each with who speaks. */
  text: string;
  /** What it is made of, in the order spoken. */
  segmentIds: string[];
  startMs: number;
  endMs: number;
}

const TARGET_WORDS = 90;
/** Less than this at the end of a meeting joins the chunk before. */
const TAIL_WORDS = 25;
/** What was said just before is repeated, so that an answer keeps its question, unless it is longer. */
const OVERLAP_WORDS = 25;

interface Piece {
  segment: SpokenSegment;
  text: string;
  words: number;
}

/** Cuts a meeting into chunks of about 90 words at turns, and only what is longer at sentences. */
export function chunkTurns(segments: SpokenSegment[]): TurnChunk[] {
  return fill(segments.flatMap(piecesOf)).map((pieces, ordinal) => ({
    ordinal,
    text: joined(pieces),
    segmentIds: [...new Set(pieces.map(({ segment }) => segment.id))],
    startMs: Math.min(...pieces.map(({ segment }) => segment.startMs)),
    endMs: Math.max(...pieces.map(({ segment }) => segment.endMs)),
  }));
}

function piecesOf(segment: SpokenSegment): Piece[] {
  const pieces: Piece[] = [];
  let open: Piece | undefined;
  for (const sentence of splitSentences(segment.text).flatMap(cutOverlong)) {
    const words = countWords(sentence);
    if (open && open.words + words <= TARGET_WORDS) {
      open.text += ` ${sentence}`;
      open.words += words;
    } else {
      open = { segment, text: sentence, words };
      pieces.push(open);
    }
  }
  return pieces;
}

/** Speech without a full stop, however long, is cut all the same. */
function cutOverlong(sentence: string): string[] {
  const words = sentence.split(/\s+/);
  const parts: string[] = [];
  for (let at = 0; at < words.length; at += TARGET_WORDS) {
    parts.push(words.slice(at, at + TARGET_WORDS).join(' '));
  }
  return parts;
}

function fill(pieces: Piece[]): Piece[][] {
  const chunks: Piece[][] = [];
  let open: Piece[] = [];
  let fresh = 0;
  for (const piece of pieces) {
    if (fresh > 0 && total(open) + piece.words > TARGET_WORDS) {
      chunks.push(open);
      const last = open.at(-1);
      open = last && last.words <= OVERLAP_WORDS ? [last] : [];
      fresh = 0;
    }
    open.push(piece);
    fresh += piece.words;
  }
  const previous = chunks.at(-1);
  if (previous && fresh < TAIL_WORDS) {
    previous.push(...open.filter((piece) => !previous.includes(piece)));
  } else if (open.length > 0) {
    chunks.push(open);
  }
  return chunks;
}

function total(pieces: Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.words, 0);
}

/** Who goes on speaking is not named again. */
function joined(pieces: Piece[]): string {
  let text = '';
  let speaker: string | null | undefined;
  for (const piece of pieces) {
    const same = piece.segment.speaker === speaker;
    speaker = piece.segment.speaker;
    const name = same || speaker === null ? '' : `${speaker}: `;
    text += `${text === '' ? '' : same ? ' ' : '\n'}${name}${piece.text}`;
  }
  return text;
}
