import type { AnalysisContext } from '../analysis-context';

/** A Friday, one in the afternoon in Berlin. */
export function exampleContext(overrides: Partial<AnalysisContext> = {}): AnalysisContext {
  return {
    at: new Date('2026-11-20T12:00:00Z'),
    timeZone: 'Europe/Berlin',
    participants: [
      { name: 'Maria Lopez', email: 'maria@acme.com' },
      { name: 'Tom Baker', email: 'tom@gmail.com' },
      { name: 'Will Smith' },
    ],
    ...overrides,
  };
}
