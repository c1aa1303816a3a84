import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { summarize } from './publish';

// Writes docs/benchmarks.md anew from the figures in docs/benchmarks.
summarize(join(PROJECT_ROOT, 'docs'));
