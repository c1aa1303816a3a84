import { serviceSettings } from '@parley/config';
import { z } from 'zod';

export const ingestionSettings = serviceSettings.extend({
  AUDIO_BACKLOG_SECONDS: z.coerce
    .number()
    .positive()
    .max(600)
    .default(30)
    .meta({
      unit: 'seconds',
      description:
        'Audio a channel may be ahead of the transcription. Then acknowledgements stop; a sender that ' +
        'goes on for as long again has the rest shed, which the coverage says.',
    }),
  RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(36_500)
    .default(30)
    .meta({
      unit: 'days',
      description:
        'How long a meeting and all that came of it is kept, counted from when it was made; then it is ' +
        'erased everywhere. 0: until somebody erases it.',
    }),
  RECORDING_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(36_500)
    .default(30)
    .meta({
      unit: 'days',
      description:
        'How long the audio of a meeting that keeps it is kept, counted from when the meeting was made. 0: as long as ' +
        'the meeting.',
    }),
  RECORDING_MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .max(500_000_000)
    .default(104_857_600)
    .meta({
      unit: 'bytes',
      description:
        'Largest recording that may be uploaded, and all that are uploaded to a replica at one time. Twice as much ' +
        'memory may be taken while one arrives.',
    }),
  FEED_HEARTBEAT_SECONDS: z.coerce.number().positive().default(15).meta({
    unit: 'seconds',
    description:
      'How often a feed says that it is still there, so that proxies keep it open and viewers know.',
  }),
  FEED_BUFFER_BYTES: z.coerce.number().int().positive().default(1_048_576).meta({
    unit: 'bytes',
    description: 'A reader that leaves more than this unread is disconnected; it can resume.',
  }),
});

export type IngestionSettings = z.infer<typeof ingestionSettings>;
