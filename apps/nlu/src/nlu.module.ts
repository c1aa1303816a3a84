import { Module } from '@nestjs/common';
import { TextModule } from '@parley/ai';
import { BusModule } from '@parley/bus';
import { DatabaseModule } from '@parley/database';
import { ModelBudgetModule } from '@parley/model-budget';
import { ErasureModule } from '@parley/privacy';
import { ServiceModule } from '@parley/service';
import { AnalysesModule } from './analyses/analyses.module';
import { InsightEntity } from './insights/insight.entity';
import { InsightsModule } from './insights/insights.module';
import { MeetingTopicsModule } from './meeting-topics/meeting-topics.module';
import { MeetingEntity } from './meetings/meeting.entity';
import { MeetingsModule } from './meetings/meetings.module';
import { CreateNlu1763800000000 } from './migrations/1763800000000-create-nlu';
import { RememberErasure1764200000000 } from './migrations/1764200000000-remember-erasure';
import { ShareTombstones1764900000001 } from './migrations/1764900000001-share-tombstones';
import { CarryContext1766970000001 } from './migrations/1766970000001-carry-context';
import { CountModelUse1766980000000 } from './migrations/1766980000000-count-model-use';
import { CarryBeforeRefining1767200000000 } from './migrations/1767200000000-carry-before-refining';
import { nluApi } from './nlu.api';
import { nluHoldings } from './nlu.holdings';
import { nluSettings } from './nlu.settings';

/** What segments mean: intent, entities, sentiment, topics. */
@Module({
  imports: [
    ServiceModule.forService({ name: 'nlu', settings: nluSettings, api: nluApi }),
    DatabaseModule.forService({
      schema: 'nlu',
      entities: [MeetingEntity, InsightEntity],
      migrations: [
        CreateNlu1763800000000,
        RememberErasure1764200000000,
        ShareTombstones1764900000001,
        CarryContext1766970000001,
        CountModelUse1766980000000,
        CarryBeforeRefining1767200000000,
      ],
      holdings: nluHoldings,
    }),
    BusModule.forService({ group: 'nlu', topics: ['meeting', 'transcript'] }),
    ErasureModule.forService('nlu'),
    TextModule.forRoot(),
    ModelBudgetModule.forService('nlu'),
    MeetingsModule,
    InsightsModule,
    MeetingTopicsModule,
    AnalysesModule,
  ],
})
export class NluModule {}
