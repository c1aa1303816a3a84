import { fork } from 'node:child_process';
import { Inject, Injectable } from '@nestjs/common';
import { builtFile, SETTINGS } from '@parley/config';
import { requestContext } from '@parley/observability';
import type { RagSettings } from '../rag.settings';
import { unreadable } from './content-type';
import type { ReadRequest, ReadResponse } from './reading.protocol';

type ReadingSettings = Pick<
  RagSettings,
  'RAG_READING_TIMEOUT_SECONDS' | 'RAG_READING_MEMORY_MEGABYTES'
>;

/** Has documents read in a child process with bounds on time and memory. */
@Injectable()
export class ChildReader {
  constructor(@Inject(SETTINGS) private readonly settings: ReadingSettings) {}

  /** @throws ProblemError `document-unreadable` when it takes too long, or too much. */
  read(request: ReadRequest): Promise<ReadResponse> {
    return new Promise((resolve, reject) => {
      const child = fork(builtFile(__dirname, 'reading.child'), [], {
        serialization: 'advanced',
        execArgv: [`--max-old-space-size=${this.settings.RAG_READING_MEMORY_MEGABYTES}`],
        // It needs none of the settings, secrets least of all.
        env: {},
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      // Nobody waits for the text any more: neither does the process.
      const deadline = requestContext().deadline?.signal;
      const stop = (): boolean => child.kill('SIGKILL');
      deadline?.addEventListener('abort', stop);
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
      }, this.settings.RAG_READING_TIMEOUT_SECONDS * 1_000);
      let response: ReadResponse | undefined;
      child.once('message', (message) => {
        response = message as ReadResponse;
      });
      child.once('error', reject);
      child.once('exit', () => {
        clearTimeout(timer);
        deadline?.removeEventListener('abort', stop);
        if (response) resolve(response);
        else if (late) reject(unreadable('The document takes too long to read.'));
        else resolve({ type: 'refused', reason: 'broken' });
      });
      child.send(request, (error) => {
        if (error) child.kill('SIGKILL');
      });
    });
  }
}
