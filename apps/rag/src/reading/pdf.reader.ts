import { fork } from 'node:child_process';
import { Inject, Injectable } from '@nestjs/common';
import { builtFile, SETTINGS } from '@parley/config';
import type { ProblemError } from '@parley/contracts';
import type { RagSettings } from '../rag.settings';
import { requestContext } from '@parley/observability';
import { unreadable } from './content-type';
import { layOutPdf } from './pdf-layout';
import type { PdfRequest, PdfResponse } from './pdf.protocol';
import type { ReadDocument } from './read-document';

type PdfSettings = Pick<
  RagSettings,
  'RAG_MAX_PDF_PAGES' | 'RAG_PDF_TIMEOUT_SECONDS' | 'RAG_PDF_MEMORY_MEGABYTES'
>;

/** Reads the text of a PDF in a child process with bounds on time, memory and pages. */
@Injectable()
export class PdfReader {
  constructor(@Inject(SETTINGS) private readonly settings: PdfSettings) {}

  /** @throws ProblemError `document-unreadable` with what is wrong with it. */
  async read(bytes: Buffer): Promise<ReadDocument> {
    const response = await this.ask({ bytes, maxPages: this.settings.RAG_MAX_PDF_PAGES });
    if (response.type === 'refused') throw this.refusal(response.reason);
    const blocks = layOutPdf(response.pages);
    if (blocks.length === 0) {
      throw unreadable('The PDF holds no text; a scan needs text recognition first.');
    }
    return {
      mimeType: 'application/pdf',
      pages: response.pages.length,
      blocks,
      ...(response.title ? { title: response.title } : {}),
    };
  }

  private ask(request: PdfRequest): Promise<PdfResponse> {
    return new Promise((resolve, reject) => {
      const child = fork(builtFile(__dirname, 'pdf.child'), [], {
        serialization: 'advanced',
        execArgv: [`--max-old-space-size=${this.settings.RAG_PDF_MEMORY_MEGABYTES}`],
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
      }, this.settings.RAG_PDF_TIMEOUT_SECONDS * 1_000);
      let response: PdfResponse | undefined;
      child.once('message', (message) => {
        response = message as PdfResponse;
      });
      child.once('error', reject);
      child.once('exit', () => {
        clearTimeout(timer);
        deadline?.removeEventListener('abort', stop);
        if (response) resolve(response);
        else reject(late ? unreadable('The PDF takes too long to read.') : broken());
      });
      child.send(request, (error) => {
        if (error) child.kill('SIGKILL');
      });
    });
  }

  private refusal(reason: Extract<PdfResponse, { type: 'refused' }>['reason']): ProblemError {
    switch (reason) {
      case 'encrypted':
        return unreadable('The PDF is encrypted; upload it without a password.');
      case 'not-a-pdf':
        return broken();
      case 'too-long':
        return unreadable(`The PDF has more than ${this.settings.RAG_MAX_PDF_PAGES} pages.`);
    }
  }
}

function broken(): ProblemError {
  return unreadable('The file calls itself a PDF but cannot be read as one.');
}
