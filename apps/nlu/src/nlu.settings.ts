import { serviceSettings } from '@parley/config';
import type { z } from 'zod';

/** Understanding runs on rules that ship with it: nothing to set beyond what every service has. */
export const nluSettings = serviceSettings;
export type NluSettings = z.infer<typeof nluSettings>;
