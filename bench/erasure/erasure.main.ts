import 'reflect-metadata';
import { measure } from '../measure';
import { runErasureBench } from './run-erasure-bench';

measure('erasure', runErasureBench);
