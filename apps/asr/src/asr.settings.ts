import { requestTimeoutSeconds, serviceSettings } from '@parley/config';
import { z } from 'zod';

export const asrSettings = serviceSettings.extend({
  REQUEST_TIMEOUT_SECONDS: requestTimeoutSeconds(20),
  ASR_CONCURRENT_DECODES: z.coerce.number().int().min(1).max(64).default(2).meta({
    description: 'Utterances that are decoded at a time, one CPU thread each.',
  }),
  ASR_MAX_MEETINGS: z.coerce.number().int().min(1).max(1_000).optional().meta({
    description:
      'Live meetings that this replica listens to at most. Unset: as many as it measures that it can carry.',
  }),
  ASR_LEASE_SECONDS: z.coerce.number().min(1).max(600).default(3).meta({
    unit: 'seconds',
    description: 'After so long without a sign of life a meeting is taken over by another replica.',
  }),
  ASR_MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .max(500_000_000)
    .default(26_214_400)
    .meta({
      unit: 'bytes',
      description: 'Largest recording that `POST /v1/audio/transcriptions` takes.',
    }),
  ASR_MAX_RECORDING_SECONDS: z.coerce.number().int().positive().max(10_800).default(3_600).meta({
    unit: 'seconds',
    description:
      'Longest recording that `POST /v1/audio/transcriptions` takes; a minute takes 2 MB of memory.',
  }),
  ASR_PARALLEL_RECORDINGS: z.coerce.number().int().min(1).max(32).default(2).meta({
    description: 'Recordings transcribed at once; four times as many wait, more are answered 503.',
  }),
  ASR_STARVED_SECONDS: z.coerce
    .number()
    .positive()
    .default(5)
    .meta({
      unit: 'seconds',
      description:
        'When a channel sends nothing for so long, what was being said is finished; in the middle of a meeting’s ' +
        'word, as when a line is lost, after three times as long.',
    }),
});

export type AsrSettings = z.infer<typeof asrSettings>;
