import { serviceSettings } from '@parley/config';
import { modelBudgetSettings } from '@parley/model-budget';
import { z } from 'zod';

export const agentSettings = serviceSettings.extend({
  APPROVAL_SIGNING_KEY: z
    .string()
    .min(32)
    .meta({
      secret: true,
      description:
        'Signs what a person approved; shared with integrations, which carries out nothing without.',
      services: ['agent', 'integrations'],
    }),
  FACT_MIN_SCORE: z.coerce.number().min(0).max(1).default(0.45).meta({
    description: 'Least relevance of a retrieved passage that is shown as a fact.',
  }),
  TOPIC_FACT_MIN_SCORE: z.coerce.number().min(0).max(1).default(0.75).meta({
    description: 'The same for what somebody only speaks of, without a question.',
  }),
  SUGGESTION_COOLDOWN_SECONDS: z.coerce.number().min(0).default(3).meta({
    unit: 'seconds',
    description: 'Least time in the meeting between two suggestions of one kind.',
  }),
  SUGGESTIONS_PER_MEETING: z.coerce.number().int().positive().default(60).meta({
    description: 'After so many suggestions a meeting gets no more.',
  }),
  SUGGESTION_TTL_HOURS: z.coerce.number().positive().default(72).meta({
    unit: 'hours',
    description: 'So long after its meeting has ended a suggestion that nobody decided on lapses.',
  }),
  ...modelBudgetSettings,
  APPROVAL_TTL_SECONDS: z.coerce.number().positive().default(86_400).meta({
    unit: 'seconds',
    description: 'An approved action that could not be carried out within this time never is.',
  }),
});

export type AgentSettings = z.infer<typeof agentSettings>;
