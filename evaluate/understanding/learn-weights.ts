import { rank, type Evidence, type Weights } from '../../apps/rag/src/search/ranking';

/** A question with the evidence that search gathered, and which chunks would be right. */
export interface Lesson {
  meeting: number;
  evidence: Evidence[];
  right: ReadonlySet<string>;
}

const AROUND = [0, 0.15, 0.3, 0.6];
const MEANING = [0, 4, 8, 12];
const REPEATED = [0.7, 0.85, 1];
const LISTED = 20;

/** The weights that put evidence highest, by the sum of recall@5 and reciprocal rank, on these questions. */
export function learnWeights(lessons: Lesson[]): Weights {
  let best: { weights: Weights; worth: number } | undefined;
  for (const around of AROUND) {
    for (const meaning of MEANING) {
      for (const repeated of REPEATED) {
        const weights = { around, meaning, repeated };
        const worth = lessons.reduce((sum, lesson) => sum + worthOf(lesson, weights), 0);
        if (!best || worth > best.worth) best = { weights, worth };
      }
    }
  }
  if (!best) throw new Error('there is nothing to learn from');
  return best.weights;
}

function worthOf({ evidence, right }: Lesson, weights: Weights): number {
  const listed = rank(evidence, LISTED, weights);
  const place = listed.findIndex(({ evidence: { id } }) => right.has(id));
  if (place < 0) return 0;
  return (place < 5 ? 1 : 0) + 1 / (place + 1);
}
