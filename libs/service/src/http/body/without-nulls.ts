/**
 * What a change names. In the body of a PATCH null says as little as leaving a field out: validation takes both for
 * left out, and what handles the change should not have to know the difference. Members of lists stay where they are.
 */
export function withoutNulls<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  const named = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(named.map(([name, member]) => [name, withoutNulls(member)])) as T;
}
