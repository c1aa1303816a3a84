import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Suggestion } from '@parley/contracts';
import { ApiRoute, NeedsScope, type Page, pageOf } from '@parley/service';
import { ApprovedAction } from '../actions/action.views';
import { ApprovalService } from '../actions/approval.service';
import { ApproveSuggestion, ListSuggestions, RejectSuggestion } from './suggestion.requests';
import { SuggestionsService } from './suggestions.service';

@ApiTags('suggestions')
@Controller('v1/suggestions')
export class SuggestionsController {
  constructor(
    @Inject(SuggestionsService) private readonly suggestions: SuggestionsService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  @ApiRoute({ id: 'listSuggestions', summary: 'List suggestions', returns: pageOf(Suggestion) })
  @Get()
  list(@Query() query: ListSuggestions): Promise<Page<Suggestion>> {
    return this.suggestions.list(query);
  }

  @ApiRoute({
    id: 'getSuggestion',
    summary: 'Get a suggestion',
    returns: Suggestion,
    problems: ['suggestion-not-found'],
  })
  @Get(':id')
  get(@Param('id') id: string): Promise<Suggestion> {
    return this.suggestions.get(id);
  }

  /**
   * It is carried out once, exactly as approved; the delivery follows on the meeting's timeline.
   * Everybody but the first is told that it was decided.
   */
  @ApiRoute({
    id: 'approveSuggestion',
    summary: 'Approve a suggestion',
    returns: ApprovedAction,
    problems: [
      'suggestion-not-found',
      'connection-not-found',
      'suggestion-decided',
      'no-connection',
      'upstream-failed',
    ],
    example: {},
  })
  @NeedsScope('approve')
  @Post(':id/approve')
  @HttpCode(200)
  approve(@Param('id') id: string, @Body() body: ApproveSuggestion): Promise<ApprovedAction> {
    return this.approvals.approve(id, body);
  }

  @ApiRoute({
    id: 'rejectSuggestion',
    summary: 'Reject a suggestion',
    returns: Suggestion,
    problems: ['suggestion-not-found', 'suggestion-decided'],
    example: { reason: 'Already done.' },
  })
  @NeedsScope('approve')
  @Post(':id/reject')
  @HttpCode(200)
  reject(@Param('id') id: string, @Body() body: RejectSuggestion): Promise<Suggestion> {
    return this.suggestions.reject(id, body.reason);
  }
}
