import { startTracing } from '@parley/tracing';

startTracing('asr');
