import { words, type Cue } from '../cue';

export const statementCues: readonly Cue[] = [
  {
    name: 'told of the past',
    when: (clause) => clause.past,
    weights: { statement: 1, task: -1, request: -1.5 },
  },
  {
    name: 'says what is',
    when: words`^(?:i|we|he|she|it|they|there|this|that|the|our|my|most|some|all|_person)\b.{0,30}\b(?:is|are|was|were|has|have been|had|'s|'re)\b`,
    weights: { statement: 0.7 },
  },
  {
    name: 'thinks',
    when: /^i (?:think|believe|guess|feel|suppose|assume|heard|remember|was thinking|don't think)\b/,
    weights: { statement: 1.5 },
  },
  {
    name: 'reports speech',
    when: /\b(?:said|told|mentioned|explained|wrote) (?:me|us|him|her|them|that|it|he|she|they|i|we)\b/,
    weights: { statement: 1.5, task: -2, decision: -2 },
  },
  {
    name: 'wishes',
    when: /\b(?:would|it'd) be (?:nice|great|cool|good) to\b|\bi (?:wish|hope)\b/,
    weights: { statement: 1.5 },
  },
  {
    name: 'supposes',
    when: /^(?:if|unless|suppose|imagine)\b|\bi would(?: have)?\b|\bwe (?:would|could)(?: have)?\b/,
    weights: { statement: 1, decision: -2 },
  },
];
