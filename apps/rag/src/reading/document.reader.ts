import { Inject, Injectable } from '@nestjs/common';
import { recogniseContent, unreadable } from './content-type';
import { readMarkdown } from './markdown.reader';
import { PdfReader } from './pdf.reader';
import { readPlainText } from './plain-text.reader';
import type { DocumentMimeType, ReadDocument } from './read-document';

/** Reads a document by what is in it. */
@Injectable()
export class DocumentReader {
  constructor(@Inject(PdfReader) private readonly pdfs: PdfReader) {}

  /**
   * @param declared counts between Markdown and plain text only, which bytes cannot tell apart for sure.
   * @throws ProblemError `document-unreadable`.
   */
  async read(bytes: Buffer, declared?: DocumentMimeType): Promise<ReadDocument> {
    const content = recogniseContent(bytes);
    if (content.kind === 'pdf') return this.pdfs.read(bytes);
    const markdown =
      declared === 'text/markdown' || (declared !== 'text/plain' && content.kind === 'markdown');
    const document = markdown ? readMarkdown(content.text) : readPlainText(content.text);
    if (document.blocks.length === 0) throw unreadable('The document holds no text.');
    return document;
  }
}
