import { serviceSettings } from '@parley/config';
import { modelBudgetSettings } from '@parley/model-budget';
import type { z } from 'zod';

/** Understanding runs on weights that ship with it; a model, where there is one, is asked when they are in doubt. */
export const nluSettings = serviceSettings.extend(modelBudgetSettings);
export type NluSettings = z.infer<typeof nluSettings>;
