import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Suggestion } from '@parley/contracts';
import type { Page } from '@parley/service';
import { ApprovalService, type ApprovedAction } from '../actions/approval.service';
import { ApproveSuggestion, ListSuggestions, RejectSuggestion } from './suggestion.requests';
import { SuggestionsService } from './suggestions.service';

@ApiTags('suggestions')
@Controller('v1/suggestions')
export class SuggestionsController {
  constructor(
    @Inject(SuggestionsService) private readonly suggestions: SuggestionsService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  @Get()
  list(@Query() query: ListSuggestions): Promise<Page<Suggestion>> {
    return this.suggestions.list(query);
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<Suggestion> {
    return this.suggestions.get(id);
  }

  @Post(':id/approve')
  @HttpCode(200)
  approve(@Param('id') id: string, @Body() body: ApproveSuggestion): Promise<ApprovedAction> {
    return this.approvals.approve(id, body);
  }

  @Post(':id/reject')
  @HttpCode(200)
  reject(@Param('id') id: string, @Body() body: RejectSuggestion): Promise<Suggestion> {
    return this.suggestions.reject(id, body.reason);
  }
}
