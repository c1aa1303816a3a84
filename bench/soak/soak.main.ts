import 'reflect-metadata';
import { measure } from '../measure';
import { runSoak } from './run-soak';

measure('soak', runSoak);
