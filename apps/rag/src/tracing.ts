import { startTracing } from '@parley/tracing';

startTracing('rag');
