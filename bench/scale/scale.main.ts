import 'reflect-metadata';
import { measure } from '../measure';
import { runScaleBench } from './run-scale-bench';

measure('scale', runScaleBench);
