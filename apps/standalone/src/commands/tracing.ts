import { startTracing } from '@parley/tracing';

// One process, six services: their spans name them in `parley.service`.
startTracing('parley');
