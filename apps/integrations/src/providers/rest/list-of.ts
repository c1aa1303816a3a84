/** The objects of what should be a list of objects: what an outside system sent may be anything. */
export function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (each): each is Record<string, unknown> => typeof each === 'object' && each !== null,
  );
}
