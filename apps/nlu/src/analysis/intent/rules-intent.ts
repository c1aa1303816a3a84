import { INTENTS, type Intent } from '@parley/contracts';
import type { Clause } from './clauses';
import type { Cue } from './cue';
import { decisionCues } from './cues/decision.cues';
import { questionCues } from './cues/question.cues';
import { requestCues } from './cues/request.cues';
import { schedulingCues } from './cues/scheduling.cues';
import { socialCues } from './cues/social.cues';
import { statementCues } from './cues/statement.cues';
import { taskCues } from './cues/task.cues';

export interface ClassifiedIntent {
  intent: Intent;
  confidence: number;
}

export type Scores = Record<Intent, number>;

const CUES: readonly Cue[] = [
  ...questionCues,
  ...decisionCues,
  ...taskCues,
  ...requestCues,
  ...schedulingCues,
  ...statementCues,
  ...socialCues,
];
/** What an intent starts from: without any sign, speech is a statement. */
const PRIOR: Scores = {
  question: -1,
  decision: -1,
  task: -1,
  request: -1,
  scheduling: -1,
  statement: 1.5,
  social: -1,
};
const MAX_CONFIDENCE = 0.99;

/** What the cue tables alone say: what is learnt is measured against it, and learns from it. */
export function intentByRules(clauses: readonly Clause[]): ClassifiedIntent {
  let best: (ClassifiedIntent & { rank: number }) | undefined;
  for (const clause of clauses) {
    const classified = classifyClause(clause);
    if (!best || classified.rank > best.rank) best = classified;
  }
  const { intent, confidence } = best ?? { intent: 'social', confidence: 0.5 };
  return { intent, confidence };
}

function classifyClause(clause: Clause): ClassifiedIntent & { rank: number } {
  const { scores } = readCues(clause);
  const intent = INTENTS.reduce((top, other) => (scores[other] > scores[top] ? other : top));
  const total = INTENTS.reduce((sum, other) => sum + Math.exp(scores[other] - scores[intent]), 0);
  const confidence = Math.min(MAX_CONFIDENCE, Number((1 / total).toFixed(3)));
  const tier = intent === 'social' ? 0 : intent === 'statement' ? 1 : 2;
  return { intent, confidence, rank: tier * 1_000 + scores[intent] };
}

/** The cues that a clause holds, by name, and the evidence that they add up to. */
export function readCues(clause: Clause): { names: string[]; scores: Scores } {
  const scores = { ...PRIOR };
  const names: string[] = [];
  for (const cue of CUES) {
    const found = typeof cue.when === 'function' ? cue.when(clause) : cue.when.test(clause.text);
    if (!found) continue;
    names.push(cue.name);
    for (const intent of INTENTS) scores[intent] += cue.weights[intent] ?? 0;
  }
  return { names, scores };
}
