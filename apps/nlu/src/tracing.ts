import { startTracing } from '@parley/tracing';

startTracing('nlu');
