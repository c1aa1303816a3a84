export function inMs(ms: number | null): string {
  return ms === null ? 'not measured' : `${ms.toFixed(1)} ms`;
}
