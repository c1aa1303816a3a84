import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { ProblemError } from '@parley/contracts';
import type { RagSettings } from '../rag.settings';
import { ChildReader } from './child.reader';
import { recogniseContent, unreadable, type Content, type TextContent } from './content-type';
import { layOutPdf } from './pdf-layout';
import type { DocumentMimeType, ReadDocument } from './read-document';
import type { ReadRequest, Refusal } from './reading.protocol';
import { readText } from './text.reader';

type ReaderSettings = Pick<RagSettings, 'RAG_MAX_PDF_PAGES' | 'RAG_MAX_UNPACKED_BYTES'>;

const MIME_TYPE_OF: Record<Content['kind'], DocumentMimeType> = {
  plain: 'text/plain',
  markdown: 'text/markdown',
  html: 'text/html',
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};
/** Simpler text up to here is read in a few milliseconds, less than a process takes to start. */
const READ_AT_ONCE_CHARACTERS = 200_000;

/** Reads a document by what is in it. */
@Injectable()
export class DocumentReader {
  constructor(
    @Inject(ChildReader) private readonly child: ChildReader,
    @Inject(SETTINGS) private readonly settings: ReaderSettings,
  ) {}

  /**
   * @param declared counts between kinds of text only, which bytes cannot tell apart for sure.
   * @throws ProblemError `document-unreadable` with what is wrong with it.
   */
  async read(bytes: Buffer, declared?: DocumentMimeType): Promise<ReadDocument> {
    const content = asDeclared(recogniseContent(bytes), declared);
    const { kind } = content;
    const mimeType = MIME_TYPE_OF[kind];
    if (isSimple(content)) return withText({ mimeType, ...readText(content) }, kind);
    const response = await this.child.read(this.requestFor(content, bytes));
    switch (response.type) {
      case 'refused':
        throw this.refusal(response.reason, kind);
      case 'blocks':
        return withText({ ...response, mimeType }, kind);
      case 'pages': {
        const { pages, title } = response;
        const blocks = layOutPdf(pages);
        return withText(
          { mimeType, pages: pages.length, blocks, ...(title ? { title } : {}) },
          kind,
        );
      }
    }
  }

  private requestFor(content: Content, bytes: Buffer): ReadRequest {
    switch (content.kind) {
      case 'pdf':
        return { kind: 'pdf', bytes, maxPages: this.settings.RAG_MAX_PDF_PAGES };
      case 'docx':
        return { kind: 'docx', bytes, maxUnpackedBytes: this.settings.RAG_MAX_UNPACKED_BYTES };
      default:
        return content;
    }
  }

  private refusal(reason: Refusal, kind: Content['kind']): ProblemError {
    const name = kind === 'pdf' ? 'PDF' : kind === 'docx' ? 'Word document' : 'document';
    switch (reason) {
      case 'encrypted':
        return unreadable(`The ${name} is encrypted; upload it without a password.`);
      case 'broken':
        return unreadable(`The file calls itself a ${name} but cannot be read as one.`);
      case 'too-long':
        return unreadable(`The PDF has more than ${this.settings.RAG_MAX_PDF_PAGES} pages.`);
      case 'too-large':
        return unreadable(
          `Unpacked, the ${name} is larger than ${this.settings.RAG_MAX_UNPACKED_BYTES} bytes.`,
        );
    }
  }
}

function asDeclared(content: Content, declared: DocumentMimeType | undefined): Content {
  if (content.kind !== 'plain' && content.kind !== 'markdown') return content;
  if (declared === 'text/html') return { ...content, kind: 'html' };
  if (declared === 'text/markdown') return { ...content, kind: 'markdown' };
  if (declared === 'text/plain') return { ...content, kind: 'plain' };
  return content;
}

function isSimple(content: Content): content is TextContent {
  return (
    'text' in content && content.kind !== 'html' && content.text.length <= READ_AT_ONCE_CHARACTERS
  );
}

function withText(document: ReadDocument, kind: Content['kind']): ReadDocument {
  if (document.blocks.length > 0) return document;
  throw unreadable(
    kind === 'pdf'
      ? 'The PDF holds no text; a scan needs text recognition first.'
      : 'The document holds no text.',
  );
}
