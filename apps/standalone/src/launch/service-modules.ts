import { AgentModule } from '../../../agent/src/agent.module';
import { AsrModule } from '../../../asr/src/asr.module';
import { IngestionModule } from '../../../ingestion/src/ingestion.module';
import { IntegrationsModule } from '../../../integrations/src/integrations.module';
import { NluModule } from '../../../nlu/src/nlu.module';
import { RagModule } from '../../../rag/src/rag.module';
import type { ServiceModules } from './launch-system';

/** The one place where apps meet: the launcher hosts them all, and none knows of it. */
export const serviceModules: ServiceModules = {
  ingestion: IngestionModule,
  asr: AsrModule,
  nlu: NluModule,
  rag: RagModule,
  agent: AgentModule,
  integrations: IntegrationsModule,
};
