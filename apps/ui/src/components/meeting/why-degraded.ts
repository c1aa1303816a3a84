import type { Summary } from '@parley/client';
import { strings } from '../../strings';

const said = strings.summary;

/** What is to be known of a summary that no model wrote; null: one did. */
export function whyExtractive({
  engine,
  degradedBecause,
}: Pick<Summary, 'engine' | 'degradedBecause'>): string | null {
  if (!engine.startsWith('extractive')) return null;
  // A rolling summary asks no model, and older ones do not say why.
  return degradedBecause ? said.extractiveBecause[degradedBecause] : said.extractive;
}
