/* Runs in a worker thread: a feed of megabytes takes seconds, and a rule may be meant to take for ever. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadingRequest } from './occurrence';
import { readCalendar } from './read-calendar';

parentPort?.postMessage(readCalendar(workerData as ReadingRequest));
