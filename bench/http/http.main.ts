import { measure } from '../measure';
import { runHttpBench } from './run-http-bench';

measure((_args, say) => runHttpBench(say));
