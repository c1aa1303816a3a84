/** Makes something large when it is first asked for, and keeps it. */
export function onDemand<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
