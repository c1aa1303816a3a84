import 'reflect-metadata';
import { measure } from '../measure';
import { runSearchBench } from './run-search-bench';

measure('search', runSearchBench);
