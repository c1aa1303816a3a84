import type { SearchHit, SearchMode } from '@parley/contracts';
import { rank, WEIGHTS, type Evidence, type Weights } from '../../apps/rag/src/search/ranking';
import type { CitedHit } from './citation-score';
import { HeldMeetings, turnNumberOf, type HeldChunk } from './held-meetings';
import { learnWeights, type Lesson } from './learn-weights';
import { plainBm25 } from './plain-bm25';
import type { RealMeetings, RealQuestion } from './real-meetings';
import { scoreRanking, type RetrievalScore } from './retrieval-score';

/** One way of searching, and how every question fared. */
export interface RetrievalRow {
  name: string;
  scores: RetrievalScore[];
}

export interface RetrievalQuality {
  meetings: number;
  chunks: number;
  everywhere: RetrievalRow[];
  /** The same with only the meeting that the question is about. */
  rightMeeting: RetrievalRow[];
  learned: Weights[];
  citations: CitationQuality;
  searchMs: number[];
  chunksPerSecond: number;
}

export interface CitationQuality {
  /** Hits with evidence among the first five: whether they are cited by a turn that is evidence itself. */
  first: CitedHit[];
  /** The same among the first fifty. */
  all: CitedHit[];
  cited: number;
  /** Of all that were cited, quoted letter for letter from the turn that is named. */
  verbatim: number;
}

export const PLAIN = 'plain BM25';
export const SHIPPED = 'Parley: default (`hybrid`)';
export const LEARNED = 'the same, weights learnt on the other meetings';

/** Holds the meetings and asks all their questions. */
export async function evaluateRetrieval(
  { meetings, questions }: RealMeetings,
  modelsDir: string,
  say: (line: string) => void,
): Promise<RetrievalQuality> {
  const held = await HeldMeetings.start(modelsDir);
  try {
    say(`${meetings.length} meetings are held and indexed …`);
    await held.hold(meetings);
    say(`${questions.length} questions to ${held.chunks.length} chunks …`);
    const rightOf = questions.map((question) => rightChunks(question, held.chunks));
    const byWords = plainBm25(held.chunks.map(({ text }) => text));
    const plain = (question: RealQuestion): HeldChunk[] =>
      byWords(question.query).flatMap((index) => held.chunks[index] ?? []);
    const score = (name: string, ranked: { id: string }[][]): RetrievalRow => ({
      name,
      scores: questions.map((question, at) => {
        const right = rightOf[at] ?? new Set();
        const holding = (ranked[at] ?? []).map(({ id }) => right.has(id));
        return scoreRanking(question.meeting, holding, right.size);
      }),
    });
    const searchMs: number[] = [];
    const hits: SearchHit[][] = [];
    for (const { query } of questions) {
      const startedAt = performance.now();
      hits.push(await held.search(query, 'hybrid'));
      searchMs.push(performance.now() - startedAt);
    }
    const ask = async (mode: SearchMode, inMeeting: boolean): Promise<{ id: string }[][]> => {
      const found: { id: string }[][] = [];
      for (const { query, meeting } of questions) {
        found.push((await held.search(query, mode, inMeeting ? meeting : undefined)).map(toId));
      }
      return found;
    };
    const keyword = await ask('keyword', false);
    const vector = await ask('vector', false);
    const inside = await ask('hybrid', true);
    const lessons: Lesson[] = [];
    for (const [at, { query, meeting }] of questions.entries()) {
      const evidence: Evidence[] = await held.evidence(query);
      lessons.push({ meeting, evidence, right: rightOf[at] ?? new Set() });
    }
    const learned = meetings.map((_, meeting) =>
      learnWeights(lessons.filter((lesson) => lesson.meeting !== meeting)),
    );
    return {
      meetings: meetings.length,
      chunks: held.chunks.length,
      everywhere: [
        score(PLAIN, questions.map(plain)),
        score(
          SHIPPED,
          hits.map((found) => found.map(toId)),
        ),
        score(
          LEARNED,
          lessons.map(({ evidence, meeting }) =>
            rank(evidence, 50, learned[meeting] ?? WEIGHTS).map((each) => each.evidence),
          ),
        ),
        score('Parley: words only (`keyword`)', keyword),
        score('Parley: meaning only (`vector`)', vector),
      ],
      rightMeeting: [
        score(
          PLAIN,
          questions.map((question) =>
            plain(question).filter(({ meeting }) => meeting === question.meeting),
          ),
        ),
        score(SHIPPED, inside),
      ],
      learned,
      citations: citationQuality(questions, hits, rightOf, meetings, held.chunks),
      searchMs,
      chunksPerSecond: held.chunks.length / held.indexSeconds,
    };
  } finally {
    await held.stop();
  }
}

function toId({ chunkId }: SearchHit): { id: string } {
  return { id: chunkId };
}

function rightChunks({ meeting, evidence }: RealQuestion, chunks: HeldChunk[]): Set<string> {
  const right = chunks.filter(
    (chunk) => chunk.meeting === meeting && chunk.turns.some((turn) => isEvidence(turn, evidence)),
  );
  return new Set(right.map(({ id }) => id));
}

function isEvidence(turn: number, evidence: [number, number][]): boolean {
  return evidence.some(([first, last]) => turn >= first && turn <= last);
}

/** What a search gives unless it is asked for more. */
const LISTED = 5;

function citationQuality(
  questions: RealQuestion[],
  hits: SearchHit[][],
  rightOf: Set<string>[],
  meetings: RealMeetings['meetings'],
  chunks: HeldChunk[],
): CitationQuality {
  const meetingOf = new Map(chunks.map(({ id, meeting }) => [id, meeting]));
  const quality: CitationQuality = { first: [], all: [], cited: 0, verbatim: 0 };
  for (const [at, { meeting, evidence }] of questions.entries()) {
    for (const [place, { chunkId, citation }] of (hits[at] ?? []).entries()) {
      const turn = turnNumberOf(citation.id);
      quality.cited++;
      const said = meetings[meetingOf.get(chunkId) ?? -1]?.find(({ number }) => number === turn);
      if (said?.text.includes(citation.quote)) quality.verbatim++;
      if (!rightOf[at]?.has(chunkId)) continue;
      const hit = { meeting, exact: isEvidence(turn, evidence) };
      quality.all.push(hit);
      if (place < LISTED) quality.first.push(hit);
    }
  }
  return quality;
}
