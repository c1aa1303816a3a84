import { Inject, Injectable } from '@nestjs/common';
import type { SuggestionKind } from '@parley/contracts';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';

/** What was proposed, and what people made of it. */
@Injectable()
export class SuggestionMetrics {
  private readonly suggestions: Counter<'kind'>;
  private readonly decisions: Counter<'kind' | 'decision'>;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.suggestions = metrics.counter('suggestions_total', 'Suggestions made.', ['kind']);
    this.decisions = metrics.counter(
      'suggestions_decided_total',
      'Suggestions that a person approved or rejected.',
      ['kind', 'decision'],
    );
  }

  made(kind: SuggestionKind): void {
    this.suggestions.inc({ kind });
  }

  decided(kind: SuggestionKind, decision: 'approved' | 'rejected'): void {
    this.decisions.inc({ kind, decision });
  }
}
