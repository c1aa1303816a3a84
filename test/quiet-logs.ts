import { configureLogging } from '@parley/observability';

// A test says what it expects; the services' own log lines would bury it.
configureLogging({ level: 'silent' });
