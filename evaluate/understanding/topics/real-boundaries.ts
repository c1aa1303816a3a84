/** Turns, from first to last, that people marked as being about one topic. */
export interface MarkedTopic {
  relevant_text_span: readonly (readonly [string | number, string | number])[];
}

/**
 * Where people heard a new topic begin: places in `turns`, without the first. Turns that nobody marked belong to the topic
 * around them when it is the same before and after; else they are a part of their own.
 * @param turns numbers of the turns with speech, in their order
 */
export function realBoundaries(turns: readonly number[], marked: readonly MarkedTopic[]): number[] {
  const spans = marked.flatMap(({ relevant_text_span }, topic) =>
    relevant_text_span.map(([first, last]) => ({
      topic,
      first: Number(first),
      last: Number(last),
    })),
  );
  const topics = turns.map(
    (turn) => spans.find(({ first, last }) => turn >= first && turn <= last)?.topic ?? null,
  );
  let before: number | null = null;
  const joined = topics.map((topic, at) => {
    if (topic !== null) return (before = topic);
    return before !== null && before === nextOf(topics, at) ? before : null;
  });
  return joined.flatMap((topic, at) => (at > 0 && topic !== joined[at - 1] ? [at] : []));
}

function nextOf(topics: readonly (number | null)[], from: number): number | null {
  return topics.slice(from).find((topic) => topic !== null) ?? null;
}
