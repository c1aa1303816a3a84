import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import {
  makeEvent,
  newId,
  ProblemError,
  signApproval,
  type SuggestionKind,
  type UnsignedAction,
} from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { audited, requestContext, requireArguments, ServiceClient } from '@parley/service';
import type { AgentSettings } from '../agent.settings';
import type { ApproveSuggestion } from '../suggestions/suggestion.requests';
import { SuggestionMetrics } from '../suggestions/suggestion.metrics';
import { aboutRow, toSuggestion } from '../suggestions/suggestion.view';
import { SuggestionsRepository } from '../suggestions/suggestions.repository';
import { alreadyDecided, SuggestionsService } from '../suggestions/suggestions.service';
import type { ApprovedAction } from './action.views';
import { ActionsRepository } from './actions.repository';
import { choiceFor, toolFor, type Choice, type Connection } from './tool-for-kind';

/** A person's decision that a suggestion be carried out: once, exactly as it was approved. */
@Injectable()
export class ApprovalService {
  private readonly signingKey: string;

  constructor(
    @Inject(SETTINGS) private readonly settings: AgentSettings,
    @Inject(SuggestionsService) private readonly suggestions: SuggestionsService,
    @Inject(SuggestionsRepository) private readonly rows: SuggestionsRepository,
    @Inject(ActionsRepository) private readonly actions: ActionsRepository,
    @Inject(ServiceClient) private readonly services: ServiceClient,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(SuggestionMetrics) private readonly metrics: SuggestionMetrics,
  ) {
    this.signingKey = settings.APPROVAL_SIGNING_KEY;
  }

  /**
   * @throws ProblemError `suggestion-decided` for everyone but the first, `no-connection` when nothing
   * can carry it out, `validation-failed` when the tool does not take the arguments.
   */
  async approve(id: string, request: ApproveSuggestion): Promise<ApprovedAction> {
    const row = await this.suggestions.require(id);
    if (row.status !== 'pending') throw alreadyDecided(row);
    const { connection, tool } = await this.choose(row.kind, request);

    const frozen = request.arguments ?? row.arguments;
    const edited = !isDeepStrictEqual(frozen, row.arguments);
    const sent = { kind: row.kind, text: row.text, ...frozen };
    // Nothing is decided then, and a person can mend it.
    requireArguments(tool, sent);
    const unsigned: UnsignedAction = {
      actionId: newId(),
      suggestionId: id,
      connectionId: connection.id,
      provider: connection.provider,
      tool: tool.name,
      arguments: sent,
      citations: row.citations,
    };
    const { name: decidedBy } = requestContext().caller;
    const decidedAt = new Date();
    const expiresAt = new Date(decidedAt.getTime() + this.settings.APPROVAL_TTL_SECONDS * 1_000);
    const decision = {
      decidedBy,
      decidedAt: decidedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    };
    const approved = { ...unsigned, approval: signApproval(unsigned, decision, this.signingKey) };

    const done = await this.work.run(async ({ manager, emit }) => {
      const change = { status: 'approved' as const, decidedBy, arguments: frozen, edited };
      if (!(await this.rows.decide(manager, id, change))) throw alreadyDecided(row);
      const { actionId } = unsigned;
      await this.actions.insert(manager, {
        id: actionId,
        suggestionId: id,
        ...aboutRow(row),
        status: 'approved',
        approved,
        sentAt: decidedAt,
      });
      const suggestion = toSuggestion({ ...row, ...change });
      emit(makeEvent('suggestion.decided', { suggestion }, aboutRow(row)));
      const { traceparent } = row;
      emit(makeEvent('action.approved', approved, { ...aboutRow(row), traceparent }));
      const { argumentsHash, evidenceHash } = approved.approval;
      const { kind } = row;
      const details = { kind, actionId, connectionId: connection.id, argumentsHash, evidenceHash };
      emit(audited('suggestion.approved', id, details, aboutRow(row)));
      return {
        suggestion,
        action: {
          id: actionId,
          status: 'approved' as const,
          connectionId: connection.id,
          tool: tool.name,
        },
      };
    });
    this.metrics.decided(row.kind, 'approved');
    if (edited) this.metrics.edited(row.kind);
    return done;
  }

  private async choose(
    kind: SuggestionKind,
    { connectionId, tool: wanted }: ApproveSuggestion,
  ): Promise<Choice> {
    const { items } = await this.services.request<{ items: Connection[] }>(
      'integrations',
      'GET',
      '/v1/connections',
      { query: { limit: 200 } },
    );
    const connection =
      connectionId === undefined
        ? choiceFor(kind, items)?.connection
        : items.find(({ id }) => id === connectionId);
    if (!connection) throw nowhere(connectionId, items);
    const tool = toolFor(kind, connection.tools, wanted);
    if (tool) return { connection, tool };
    throw new ProblemError('no-connection', `This connection cannot take a ${kind} that way.`);
  }
}

function nowhere(wanted: string | undefined, items: readonly Connection[]): ProblemError {
  if (wanted !== undefined) {
    return new ProblemError('connection-not-found', 'There is no connection with this id.');
  }
  return new ProblemError(
    'no-connection',
    items.length === 0
      ? 'Nothing can carry this out yet: create a connection with POST /v1/connections on integrations.'
      : 'No connection has a tool for this kind, and the default one does not take every kind.',
  );
}
