import { startTracing } from '@parley/tracing';

startTracing('integrations');
