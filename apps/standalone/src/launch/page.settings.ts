import { z } from 'zod';

/** What the page and who starts it read. */
export const pageSettings = z.object({
  PAGE_PORT: z.coerce.number().int().min(1).max(65_535).default(3_000).meta({
    description: 'Port of the page that npm start serves.',
  }),
  NEXT_PUBLIC_API_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description:
        'Where browsers reach ingestion for live audio. Read at run time. Unset: port 8001 of the page’s own host.',
    }),
  PAGE_SESSION_KEY: z.string().min(32).optional().meta({
    secret: true,
    description:
      'Encrypts the sessions of people who signed in. Unset: made at each start, which ends them.',
  }),
});

export type PageSettings = z.infer<typeof pageSettings>;
