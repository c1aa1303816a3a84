import type { ServiceName, ServiceSettings } from '@parley/config';
import { z } from 'zod';
import { agentSettings } from '../../../agent/src/agent.settings';
import { asrSettings } from '../../../asr/src/asr.settings';
import { ingestionSettings } from '../../../ingestion/src/ingestion.settings';
import { integrationsSettings } from '../../../integrations/src/integrations.settings';
import { nluSettings } from '../../../nlu/src/nlu.settings';
import { ragSettings } from '../../../rag/src/rag.settings';
import { pageSettings } from './page.settings';

type Schema = z.ZodObject & z.ZodType<ServiceSettings>;

/** The settings of each service. */
export const settingsByService: Record<ServiceName, Schema> = {
  ingestion: ingestionSettings,
  asr: asrSettings,
  nlu: nluSettings,
  rag: ragSettings,
  agent: agentSettings,
  integrations: integrationsSettings,
};

/** All of them as one: for who starts all six. What the launcher itself provides may be missing. */
export const everySetting = z.object({
  ...pageSettings.shape,
  ...ingestionSettings.shape,
  ...asrSettings.shape,
  ...integrationsSettings.shape,
  ...ragSettings.shape,
  ...agentSettings.shape,
  // Last: only agent and integrations insist on APPROVAL_SIGNING_KEY, which the launcher makes.
  ...nluSettings.shape,
});
