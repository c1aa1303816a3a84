import type { Analysis, EntityType } from '@parley/contracts';

/** What is known of what a segment is about. */
export interface TopicLine {
  /** Noun phrases: `topics` of its insight. */
  topics: readonly string[];
  /** Of people, organisations and places. */
  names: readonly string[];
}

const NAMED = new Set<EntityType>(['person', 'organization', 'place']);

export function toTopicLine({
  topics,
  entities,
}: Pick<Analysis, 'topics' | 'entities'>): TopicLine {
  return {
    topics,
    names: entities.filter(({ type }) => NAMED.has(type)).map(({ text }) => text),
  };
}
