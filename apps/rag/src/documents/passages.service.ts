import { Inject, Injectable } from '@nestjs/common';
import { isId, ProblemError } from '@parley/contracts';
import { requestContext, type Page, type PageQuery } from '@parley/service';
import { ChunksRepository } from '../chunks/chunks.repository';
import { DocumentsRepository } from './documents.repository';
import { toPassage, type Passage } from './passage.dto';

/** What stands in a document, for those who follow a citation to where it stands. */
@Injectable()
export class PassagesService {
  constructor(
    @Inject(DocumentsRepository) private readonly documents: DocumentsRepository,
    @Inject(ChunksRepository) private readonly chunks: ChunksRepository,
  ) {}

  async list(documentId: string, { limit, cursor }: PageQuery): Promise<Page<Passage>> {
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) {
      throw new ProblemError('validation-failed', 'This cursor was not given by us.');
    }
    const { workspaceId } = requestContext();
    const document = isId(documentId) ? await this.documents.find(workspaceId, documentId) : null;
    if (!document) throw notFound('There is no document with this id.');
    const after = cursor === undefined ? -1 : Number(cursor);
    const rows = await this.chunks.ofDocument(workspaceId, documentId, after, limit + 1);
    const items = rows.slice(0, limit).map((chunk) => {
      return toPassage({ ...chunk, documentId }, document.title);
    });
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? String(last.ordinal) : null };
  }

  async get(id: string): Promise<Passage> {
    const { workspaceId } = requestContext();
    const chunk = isId(id) ? await this.chunks.find(workspaceId, id) : null;
    const documentId = chunk?.documentId;
    const document = documentId ? await this.documents.find(workspaceId, documentId) : null;
    // What was said in a meeting is cited by its segment, and read in its transcript.
    if (!chunk || !documentId || !document) throw notFound('There is no passage with this id.');
    return toPassage({ ...chunk, documentId }, document.title);
  }
}

function notFound(detail: string): ProblemError {
  return new ProblemError('document-not-found', detail);
}
