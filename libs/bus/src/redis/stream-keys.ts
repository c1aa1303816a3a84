import type { Topic } from '@parley/contracts';

/** The stream that carries a topic's events. */
export function streamOf(prefix: string, topic: Topic): string {
  return `${prefix}:${topic}`;
}

/** The stream of messages of that stream which a group gave up on. */
export function deadStreamOf(stream: string): string {
  return `${stream}:dead`;
}

/** The key under which the data names itself: it is gone when the data is. */
export function dataIdKey(prefix: string): string {
  return `${prefix}:data-id`;
}
