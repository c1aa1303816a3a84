/* Runs in a process of its own: a document is untrusted, and may eat time and memory. */
import { readDocx } from './docx.reader';
import { readPdfPages } from './pdf-pages';
import { readText } from './text.reader';
import type { ReadRequest, ReadResponse } from './reading.protocol';

async function read(request: ReadRequest): Promise<ReadResponse> {
  switch (request.kind) {
    case 'pdf':
      return readPdfPages(request);
    case 'docx':
      return readDocx(request);
    default:
      return { type: 'blocks', ...readText(request) };
  }
}

process.once('message', (request: ReadRequest) => {
  read(request).then(
    (response) => process.send?.(response, () => process.exit(0)),
    // The parent says that it ended without an answer; what a parser says may quote the document.
    () => process.exit(1),
  );
});
