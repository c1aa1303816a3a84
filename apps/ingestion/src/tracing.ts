import { startTracing } from '@parley/tracing';

startTracing('ingestion');
