/**
 * What a body names. Validation takes null for left out, and what handles the body should not have to know the difference: of
 * each PATCH this is taken before it is validated. Members of lists stay where they are.
 */
export function withoutNulls<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  const named = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(named.map(([name, member]) => [name, withoutNulls(member)])) as T;
}
