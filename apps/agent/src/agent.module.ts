import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TextModule } from '@parley/ai';
import { BusModule } from '@parley/bus';
import { DatabaseModule } from '@parley/database';
import { ModelBudgetModule } from '@parley/model-budget';
import { ErasureModule } from '@parley/privacy';
import { ServiceModule } from '@parley/service';
import { AcceptanceController } from './acceptance/acceptance.controller';
import { AcceptanceRepository } from './acceptance/acceptance.repository';
import { AcceptanceService } from './acceptance/acceptance.service';
import { ActionEntity } from './actions/action.entity';
import { ActionsController } from './actions/actions.controller';
import { ActionsHandlers } from './actions/actions.handlers';
import { ActionsRepository } from './actions/actions.repository';
import { ApprovalService } from './actions/approval.service';
import { agentApi } from './agent.api';
import { agentHoldings } from './agent.holdings';
import { agentSettings } from './agent.settings';
import { AskController } from './ask/ask.controller';
import { AskService } from './ask/ask.service';
import { PassagesService } from './ask/passages.service';
import { LineEntity } from './lines/line.entity';
import { LinesHandlers } from './lines/lines.handlers';
import { LinesRepository } from './lines/lines.repository';
import { MeetingEntity } from './meetings/meeting.entity';
import { MeetingsRepository } from './meetings/meetings.repository';
import { McpServerFactory } from './mcp/mcp-server.factory';
import { McpController } from './mcp/mcp.controller';
import { McpResources } from './mcp/mcp.resources';
import { McpTools } from './mcp/mcp.tools';
import { ProposeTool } from './mcp/propose.tool';
import { MeetingReader } from './mcp/meeting-reader';
import { CreateAgent1763800000000 } from './migrations/1763800000000-create-agent';
import { KeepLateLines1763900000000 } from './migrations/1763900000000-keep-late-lines';
import { KeepTrace1764000000000 } from './migrations/1764000000000-keep-trace';
import { KnowNotesOnly1765200000003 } from './migrations/1765200000003-know-notes-only';
import { OrderDeliveries1764200000000 } from './migrations/1764200000000-order-deliveries';
import { EditSummaries1765300000000 } from './migrations/1765300000000-edit-summaries';
import { ExpireSuggestions1765300000001 } from './migrations/1765300000001-expire-suggestions';
import { ListActions1767300000002 } from './migrations/1767300000002-list-actions';
import { KnowWhatIsAwaited1767300000042 } from './migrations/1767300000042-know-what-is-awaited';
import { CountModelUse1766600000000 } from './migrations/1766600000000-count-model-use';
import { ExpiryService } from './suggestions/expiry.service';
import { SuggestionEntity } from './suggestions/suggestion.entity';
import { SuggestionMetrics } from './suggestions/suggestion.metrics';
import { SuggestionsController } from './suggestions/suggestions.controller';
import { SuggestionsRepository } from './suggestions/suggestions.repository';
import { SuggestionsService } from './suggestions/suggestions.service';
import { ProposalsService } from './suggestions/proposals.service';
import { SummariesRepository } from './summary/summaries.repository';
import { SummaryController } from './summary/summary.controller';
import { SummaryEntity } from './summary/summary.entity';
import { SummaryEditorService } from './summary/summary-editor.service';
import { SummaryService } from './summary/summary.service';

const entities = [MeetingEntity, LineEntity, SuggestionEntity, ActionEntity, SummaryEntity];

/** Suggestions, approvals and summaries: it plans tools and never acts by itself. */
@Module({
  imports: [
    ServiceModule.forService({ name: 'agent', settings: agentSettings, api: agentApi }),
    DatabaseModule.forService({
      schema: 'agent',
      entities,
      migrations: [
        CreateAgent1763800000000,
        KeepLateLines1763900000000,
        KeepTrace1764000000000,
        OrderDeliveries1764200000000,
        KnowNotesOnly1765200000003,
        EditSummaries1765300000000,
        ExpireSuggestions1765300000001,
        CountModelUse1766600000000,
        ListActions1767300000002,
        KnowWhatIsAwaited1767300000042,
      ],
      holdings: agentHoldings,
    }),
    BusModule.forService({ group: 'agent' }),
    ErasureModule.forService('agent'),
    TextModule.forRoot(),
    ModelBudgetModule.forService('agent'),
    TypeOrmModule.forFeature(entities),
  ],
  controllers: [
    SuggestionsController,
    AcceptanceController,
    SummaryController,
    ActionsController,
    AskController,
    McpController,
    LinesHandlers,
    ActionsHandlers,
  ],
  providers: [
    MeetingsRepository,
    LinesRepository,
    SuggestionsRepository,
    SuggestionsService,
    SuggestionMetrics,
    ExpiryService,
    ProposalsService,
    AcceptanceRepository,
    AcceptanceService,
    ActionsRepository,
    ApprovalService,
    SummariesRepository,
    SummaryService,
    SummaryEditorService,
    PassagesService,
    AskService,
    MeetingReader,
    McpTools,
    ProposeTool,
    McpResources,
    McpServerFactory,
  ],
})
export class AgentModule {}
