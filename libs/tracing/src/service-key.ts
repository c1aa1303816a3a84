import { createContextKey } from '@opentelemetry/api';

/** Under it a context says which of the services of this process works. */
export const SERVICE_KEY = createContextKey('parley.service');
