import { z } from 'zod';

/** What part of a meeting's tokens is whose: services do not know each other's counts. */
export const SHARES = { agent: 3 / 4, nlu: 1 / 4 } as const;
/** Who asks a language model about meetings. */
export type ModelUser = keyof typeof SHARES;

/** The limit as the operator sets it, for every service that asks a language model about meetings. */
export const modelBudgetSettings = {
  MODEL_TOKENS_PER_MEETING: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .meta({
      description:
        'Most tokens, read and written, that the model may use for one meeting: ' +
        `${percent(SHARES.agent)} for its summary, its drafts and the questions put to it, ` +
        `${percent(SHARES.nlu)} for doubtful utterances. Then these are made without it and say so. Unset: no limit.`,
      services: Object.keys(SHARES),
    }),
};

export interface ModelBudgetSettings {
  MODEL_TOKENS_PER_MEETING?: number | undefined;
}

export const MODEL_USER = Symbol('MODEL_USER');

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
