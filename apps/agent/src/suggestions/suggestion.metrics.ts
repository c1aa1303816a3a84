import { Inject, Injectable } from '@nestjs/common';
import type { ExpiryReason, SuggestionKind } from '@parley/contracts';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';

/** What was proposed, and what people made of it. */
@Injectable()
export class SuggestionMetrics {
  private readonly suggestions: Counter<'kind'>;
  private readonly decisions: Counter<'kind' | 'decision'>;
  private readonly edits: Counter<'kind'>;
  private readonly expiries: Counter<'kind' | 'reason'>;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.suggestions = metrics.counter('suggestions_total', 'Suggestions made.', ['kind']);
    this.decisions = metrics.counter(
      'suggestions_decided_total',
      'Suggestions that a person approved or rejected.',
      ['kind', 'decision'],
    );
    this.edits = metrics.counter(
      'suggestions_edited_total',
      'Suggestions that a person changed before approving.',
      ['kind'],
    );
    this.expiries = metrics.counter(
      'suggestions_expired_total',
      'Suggestions that lapsed before anybody decided.',
      ['kind', 'reason'],
    );
  }

  made(kind: SuggestionKind): void {
    this.suggestions.inc({ kind });
  }

  decided(kind: SuggestionKind, decision: 'approved' | 'rejected'): void {
    this.decisions.inc({ kind, decision });
  }

  edited(kind: SuggestionKind): void {
    this.edits.inc({ kind });
  }

  expired(kind: SuggestionKind, reason: ExpiryReason): void {
    this.expiries.inc({ kind, reason });
  }
}
