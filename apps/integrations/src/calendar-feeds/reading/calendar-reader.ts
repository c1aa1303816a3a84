import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { builtFile } from '@parley/config';
import { CalendarFailure } from '../calendar-failure';
import type { Reading, ReadingRequest } from './occurrence';

const MOST_MEMORY_MB = 512;

/** Reads calendars in threads of their own, which end when they take too long or too much. */
@Injectable()
export class CalendarReader {
  /** Until `signal` fires. @throws CalendarFailure */
  async read(request: ReadingRequest, signal: AbortSignal): Promise<Reading> {
    signal.throwIfAborted();
    const worker = new Worker(builtFile(__dirname, 'read-calendar.worker'), {
      workerData: request,
      // It needs none of the process's settings, secrets least of all.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    try {
      return await new Promise<Reading>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', (cause) => {
          reject(
            new CalendarFailure('not-a-calendar', 'it is not a calendar that can be read', {
              cause,
            }),
          );
        });
        worker.once('exit', () => {
          reject(new CalendarFailure('ended-early', 'reading it ended early'));
        });
        signal.addEventListener('abort', () => {
          reject(new CalendarFailure('slow', 'reading it takes too long'));
        });
      });
    } finally {
      await worker.terminate();
    }
  }
}
