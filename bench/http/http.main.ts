import { measure } from '../measure';
import { runHttpBench } from './run-http-bench';

measure('http', runHttpBench);
