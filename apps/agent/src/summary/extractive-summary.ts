import type { Citation, Participant, SummaryLine, SummarySection } from '@parley/contracts';
import { ANSWER_WITHIN_LINES, answers } from '../planning/answers';
import type { SpokenLine } from '../planning/draft';
import { planTask } from '../planning/kinds/task.planner';
import { questionOf } from '../planning/questions';
import { contentWords, overlap, sentencesOf } from '../planning/sentences';
import { centralSentences } from './central-sentences';

export type SummarySections = Record<SummarySection, SummaryLine[]>;

/** The engine of a summary that is made of spoken sentences. */
export const EXTRACTIVE_ENGINE = 'extractive-1';

/** What a summary is made of. */
export interface SummaryMaterial {
  /** In the order in which they were spoken. */
  lines: SpokenLine[];
  participants: Participant[];
  /** Segments whose question a suggestion answered from the documents. */
  answered: ReadonlySet<string>;
}

const OBJECTIVE =
  /\b(goal|objective|agenda|purpose|aim|we are here to|we need to decide|want to (decide|discuss|talk))\b/i;
const DECIDED =
  /\b(let us|let's) (go|stick|keep|use|do|take|move)\b|\bwe (have |all )?(agreed|decided)\b|\b(decided|agreed) (to|that|on)\b|\bwe('ll| will) (go|stick|keep|use) with\b|\bdecision\b/i;
const OBJECTIVES_AT_MOST = 3;
const KEY_POINTS_AT_MOST = 5;

/** A summary made of the meeting's own sentences: nothing stands in it that nobody said. */
export function extractiveSummary(material: SummaryMaterial): SummarySections {
  const { lines } = material;
  const decisions = unique(lines.flatMap((line) => decision(line)));
  const tasks = unique(lines.flatMap((line) => task(line, material.participants)));
  const openQuestions = unique(lines.flatMap((line, at) => openQuestion(line, at, material)));
  const objectives = unique(lines.flatMap((line) => objective(line))).slice(0, OBJECTIVES_AT_MOST);
  const taken = [decisions, tasks, openQuestions, objectives]
    .flat()
    .flatMap(({ citations }) => citations.map(({ quote }) => quote));
  const keyPoints = centralSentences(lines, KEY_POINTS_AT_MOST + taken.length)
    .filter(({ text }) => !taken.some((quote) => overlap(quote, text) > 0.5))
    .slice(0, KEY_POINTS_AT_MOST)
    .sort((a, b) => a.line.segment.startMs - b.line.segment.startMs)
    .map(({ text, line }) => cited(text, line, text));
  return numbered({ objectives, keyPoints, decisions, tasks, openQuestions });
}

function decision(line: SpokenLine): SummaryLine[] {
  const sentences = sentencesOf(line.segment.text);
  const said = sentences.find(({ text }) => DECIDED.test(text) && !text.endsWith('?'));
  if (said) return [cited(said.text, line, said.text)];
  if (line.insight.intent !== 'decision') return [];
  const longest = sentences.reduce((a, b) => (b.text.length > a.length ? b.text : a), '');
  return longest ? [cited(longest, line, longest)] : [];
}

function task(line: SpokenLine, participants: Participant[]): SummaryLine[] {
  const nothingFound = { recent: [], hits: null, factMinScore: 1, topicMinScore: 1 };
  const draft = planTask({ line, participants, ...nothingFound });
  if (!draft) return [];
  const { owner, dueDate } = draft.arguments as { owner?: string; dueDate?: string };
  return [
    {
      ...cited(draft.text, line, draft.citations[0]?.quote ?? line.segment.text),
      ...(owner ? { owner } : {}),
      ...(dueDate ? { dueDate } : {}),
    },
  ];
}

function openQuestion(line: SpokenLine, at: number, material: SummaryMaterial): SummaryLine[] {
  const question = questionOf(line);
  if (question === null || contentWords(question).length < 3) return [];
  if (material.answered.has(line.segment.id)) return [];
  const after = material.lines.slice(at + 1, at + 1 + ANSWER_WITHIN_LINES);
  const answered = after.some((other) => answers(other, question));
  return answered ? [] : [cited(capitalised(question), line, question)];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function objective(line: SpokenLine): SummaryLine[] {
  const said = sentencesOf(line.segment.text).find(
    ({ text }) => OBJECTIVE.test(text) && !text.endsWith('?'),
  );
  return said ? [cited(said.text, line, said.text)] : [];
}

function cited(text: string, line: SpokenLine, quote: string): SummaryLine {
  const citation: Citation = { type: 'segment', id: line.segment.id, quote };
  return { id: '', text, citations: [citation], supported: isSupported(text, [quote]) };
}

/** Every word that carries meaning stands in what is cited. */
export function isSupported(text: string, quotes: string[]): boolean {
  const said = new Set(quotes.flatMap((quote) => contentWords(quote)));
  return contentWords(text).every((word) => said.has(word));
}

function unique(lines: SummaryLine[]): SummaryLine[] {
  return lines.filter(
    (line, at) => !lines.slice(0, at).some((earlier) => overlap(earlier.text, line.text) >= 0.7),
  );
}

function numbered(sections: SummarySections): SummarySections {
  for (const [section, lines] of Object.entries(sections)) {
    for (const [at, line] of lines.entries()) line.id = `${section}-${at + 1}`;
  }
  return sections;
}
