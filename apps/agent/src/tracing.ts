import { startTracing } from '@parley/tracing';

startTracing('agent');
