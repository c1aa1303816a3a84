import 'reflect-metadata';
import { measure } from '../measure';
import { runDeliveriesBench } from './run-deliveries-bench';

measure('deliveries', runDeliveriesBench);
