import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { isId, makeEvent, newId, ProblemError } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import {
  assertIdCursor,
  audited,
  pageFrom,
  requestContext,
  WorkSlots,
  type Page,
} from '@parley/service';
import { ChunkEmbedder } from '../chunks/chunk-embedder';
import type { ChunkEntity } from '../chunks/chunk.entity';
import { ChunksRepository } from '../chunks/chunks.repository';
import { IndexMetrics } from '../chunks/index.metrics';
import { VectorBackfill } from '../chunks/vector-backfill';
import { chunkBlocks, type Chunk } from '../chunking/chunker';
import { countWords } from '../chunking/sentences';
import type { RagSettings } from '../rag.settings';
import { DocumentReader } from '../reading/document.reader';
import type { DocumentMimeType, ReadDocument } from '../reading/read-document';
import { toDocumentView, type DocumentView } from './document.dto';
import type { DocumentEntity } from './document.entity';
import { DocumentsRepository } from './documents.repository';
import { fileNameOf } from './file-name';
import { Originals, type Original } from './originals.service';

/** A document on its way in. */
export interface Upload {
  bytes: Buffer;
  title?: string | undefined;
  fileName?: string | undefined;
  mimeType?: DocumentMimeType | undefined;
  tags?: string[] | undefined;
}

/** The vectors of a longer document are made after the answer: by its words it is found at once. */
const CHUNKS_EMBEDDED_AT_ONCE = 32;

@Injectable()
export class DocumentsService {
  private readonly slots: WorkSlots;

  constructor(
    @Inject(DocumentsRepository) private readonly documents: DocumentsRepository,
    @Inject(ChunksRepository) private readonly chunks: ChunksRepository,
    @Inject(DocumentReader) private readonly reader: DocumentReader,
    @Inject(ChunkEmbedder) private readonly embedder: ChunkEmbedder,
    @Inject(VectorBackfill) private readonly backfill: VectorBackfill,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(SETTINGS) private readonly settings: RagSettings,
    @Inject(IndexMetrics) private readonly metrics: IndexMetrics,
    @Inject(Originals) private readonly originals: Originals,
  ) {
    const parallel = settings.RAG_PARALLEL_UPLOADS;
    this.slots = new WorkSlots(
      parallel,
      parallel * 4,
      'Too many documents are being indexed; try again.',
    );
  }

  /** Reads, cuts, embeds and stores a document; the same content twice is the document there is. */
  async index(upload: Upload): Promise<{ document: DocumentView; created: boolean }> {
    const { workspaceId } = requestContext();
    const contentHash = createHash('sha256').update(upload.bytes).digest('hex');
    const known = await this.documents.findByContent(workspaceId, contentHash);
    if (known) {
      // It was indexed while originals were not kept.
      if (known.keyId === null) await this.originals.keep(known, upload.bytes);
      return { document: await this.view(known), created: false };
    }
    const { stored, created } = await this.slots.run(async () => {
      const startedAt = performance.now();
      const read = await this.reader.read(upload.bytes, upload.mimeType);
      const document = this.describe(upload, read, workspaceId, contentHash);
      const chunks = this.cut(read, document);
      const created = await this.store(document, chunks);
      if (created) this.metrics.indexed((performance.now() - startedAt) / 1_000, chunks.length);
      const ms = Math.round(performance.now() - startedAt);
      logEvent('document.indexed', { documentId: document.id, chunks: chunks.length, ms });
      const stored = created
        ? document
        : await this.documents.findByContent(workspaceId, contentHash);
      // It was removed in between: what the caller asked for is there no longer.
      if (!stored) throw new ProblemError('conflict', 'The document is being removed; try again.');
      return { stored, created };
    });
    // Without the slot: a store that hangs must not keep others from indexing.
    if (created) await this.originals.keep(stored, upload.bytes);
    return { document: await this.view(stored), created };
  }

  async get(id: string): Promise<DocumentView> {
    return this.view(await this.require(id));
  }

  async list(limit: number, cursor?: string): Promise<Page<DocumentView>> {
    assertIdCursor(cursor);
    const rows = await this.documents.list(requestContext().workspaceId, limit + 1, cursor);
    const ids = rows.map(({ id }) => id);
    const done = await this.chunks.withVectors(ids, this.embedder.vectorName);
    return pageFrom(rows, limit, (row) => toDocumentView(row, done.get(row.id) ?? 0));
  }

  /** The document as it was sent. @throws ProblemError `document-not-found`, also where it is not kept */
  async original(id: string): Promise<Original & { fileName: string }> {
    const row = await this.require(id);
    return { ...(await this.originals.open(row)), fileName: fileNameOf(row) };
  }

  async remove(id: string): Promise<void> {
    const { workspaceId } = requestContext();
    await this.originals.remove(await this.require(id));
    const removed = await this.work.run(async ({ manager, emit }) => {
      if (!(await this.documents.remove(manager, workspaceId, id))) return false;
      emit(makeEvent('document.removed', { documentId: id }, { workspaceId }));
      emit(audited('document.removed', id, {}));
      return true;
    });
    if (!removed) throw notFound();
    await this.originals.removeAgain(id);
  }

  private async require(id: string): Promise<DocumentEntity> {
    const row = isId(id) ? await this.documents.find(requestContext().workspaceId, id) : null;
    if (!row) throw notFound();
    return row;
  }

  private async view(row: DocumentEntity): Promise<DocumentView> {
    const done = await this.chunks.withVectors([row.id], this.embedder.vectorName);
    return toDocumentView(row, done.get(row.id) ?? 0);
  }

  private describe(
    upload: Upload,
    read: ReadDocument,
    workspaceId: string,
    contentHash: string,
  ): DocumentEntity {
    const title = upload.title ?? read.title ?? titleOfFile(upload.fileName) ?? 'Untitled document';
    return {
      id: newId(),
      workspaceId,
      title: title.slice(0, 300),
      mimeType: read.mimeType,
      contentHash,
      sizeBytes: upload.bytes.length,
      pages: read.pages ?? null,
      chunkCount: 0,
      wordCount: 0,
      tags: [...new Set(upload.tags)],
      keyId: null,
      createdAt: new Date(),
    };
  }

  /** Cuts it, and counts the result into `document`. */
  private cut(read: ReadDocument, document: DocumentEntity): ChunkEntity[] {
    const cut = chunkBlocks(read.blocks);
    if (cut.length > this.settings.RAG_MAX_CHUNKS) {
      throw new ProblemError(
        'payload-too-large',
        `The document has ${cut.length} chunks; at most ${this.settings.RAG_MAX_CHUNKS} are taken. Split it.`,
      );
    }
    const chunks = cut.map((chunk) => toEntity(chunk, document));
    document.chunkCount = chunks.length;
    document.wordCount = chunks.reduce((sum, chunk) => sum + chunk.wordCount, 0);
    return chunks;
  }

  private async store(document: DocumentEntity, chunks: ChunkEntity[]): Promise<boolean> {
    const atOnce = chunks.length <= CHUNKS_EMBEDDED_AT_ONCE;
    const vectors = atOnce ? await this.embedder.embed(chunks) : null;
    const engine = this.embedder.vectorName;
    const rows = chunks.map((chunk, index) => {
      const vector = vectors?.[index];
      return { ...chunk, embedding: vector ? { engine, vector } : null };
    });
    const created = await this.work.run(async ({ manager, emit }) => {
      if (!(await this.documents.insertNew(manager, document))) return false;
      await this.chunks.insert(manager, rows);
      const { id: documentId, title, workspaceId } = document;
      emit(
        makeEvent('document.indexed', { documentId, title, chunks: rows.length }, { workspaceId }),
      );
      return true;
    });
    // A model that failed just now is left alone for a while.
    if (created && !vectors) this.backfill.soon(atOnce ? undefined : 0);
    return created;
  }
}

function toEntity(chunk: Chunk, document: DocumentEntity): ChunkEntity {
  // A document whose first heading is its title would say it twice.
  const path = chunk.headings.filter((heading) => heading !== document.title);
  const context = [document.title, ...path].join('\n');
  return {
    id: newId(),
    workspaceId: document.workspaceId,
    documentId: document.id,
    meetingId: null,
    ordinal: chunk.ordinal,
    context,
    text: chunk.text,
    page: chunk.page ?? null,
    segmentIds: null,
    startMs: null,
    endMs: null,
    wordCount: countWords(context) + countWords(chunk.text),
  };
}

/** Without folders, extension and control characters; a name is a label here, never a path. */
function titleOfFile(fileName: string | undefined): string | undefined {
  const name = fileName
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/\p{Cc}/gu, '')
    .trim();
  return name === '' ? undefined : name;
}

function notFound(): ProblemError {
  return new ProblemError('document-not-found', 'There is no document with this id.');
}
