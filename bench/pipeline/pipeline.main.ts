import 'reflect-metadata';
import { measure } from '../measure';
import { runPipelineBench } from './run-pipeline-bench';

measure('pipeline', runPipelineBench);
