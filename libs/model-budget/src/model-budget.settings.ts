import { z } from 'zod';

/** The limit as the operator sets it, for every service that asks a language model about meetings. */
export const modelBudgetSettings = {
  MODEL_TOKENS_PER_MEETING: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .meta({
      description:
        'Most tokens, read and written, that the model may use for one meeting: three quarters for its summary, its drafts and the questions put to it, a quarter for doubtful utterances. Then these are made without it and say so. Unset: no limit.',
      services: ['agent', 'nlu'],
    }),
};

export interface ModelBudgetSettings {
  MODEL_TOKENS_PER_MEETING?: number | undefined;
}

/** Where a service counts, and what part of a meeting's tokens is its own: services do not know each other's counts. */
export interface BudgetOfService {
  /** Of its tables. */
  schema: string;
  /** From 0 to 1; those of all services add up to 1. */
  share: number;
}

export const BUDGET_OF_SERVICE = Symbol('BUDGET_OF_SERVICE');
