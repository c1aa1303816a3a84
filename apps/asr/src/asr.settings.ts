import { serviceSettings } from '@parley/config';
import { z } from 'zod';

export const asrSettings = serviceSettings.extend({
  ASR_CONCURRENT_DECODES: z.coerce.number().int().min(1).max(64).default(2).meta({
    description: 'Utterances that are decoded at a time, one CPU thread each.',
  }),
  ASR_MAX_MEETINGS: z.coerce.number().int().min(1).max(1_000).default(16).meta({
    description: 'Live meetings that this replica listens to; more wait for another replica.',
  }),
  ASR_LEASE_SECONDS: z.coerce.number().min(1).max(600).default(15).meta({
    unit: 'seconds',
    description: 'After so long without a sign of life a meeting is taken over by another replica.',
  }),
  ASR_STARVED_SECONDS: z.coerce.number().positive().default(5).meta({
    unit: 'seconds',
    description: 'When a channel sends nothing for so long, what was being said is finished.',
  }),
});

export type AsrSettings = z.infer<typeof asrSettings>;
