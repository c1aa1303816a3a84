import { Readable } from 'node:stream';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { blobName, BLOBS, BlobsUnavailableError, resealAll, type Blobs } from '@parley/blobs';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { Sweep } from '@parley/service';
import type { RagSettings } from '../rag.settings';
import type { DocumentEntity } from './document.entity';
import { DocumentsRepository } from './documents.repository';

export interface Original {
  bytes: number;
  content: Readable;
}

const AGAIN_MS = 3_600_000;

/** Keeps documents as they were sent, where there is a place for them and the operator wants it. */
@Injectable()
export class Originals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rotation = new Sweep({
    everyMs: AGAIN_MS,
    work: () => this.reseal(),
    failed: (error) => {
      logEvent('originals.not-resealed', { err: error });
    },
  });

  constructor(
    @Inject(BLOBS) private readonly blobs: Blobs | null,
    @Inject(SETTINGS) private readonly settings: Pick<RagSettings, 'RAG_KEEP_ORIGINALS'>,
    @Inject(DocumentsRepository) private readonly documents: DocumentsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.rotation.now();
    // The keys change with a start, but another replica may write with the old one until it is replaced, too.
    this.rotation.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rotation.stop();
  }

  /** A document without its original is still one: that the store is away is said in the log and in `original`. */
  async keep(document: DocumentEntity, bytes: Buffer): Promise<void> {
    if (!this.blobs || !this.settings.RAG_KEEP_ORIGINALS) return;
    const name = nameOf(document.id);
    try {
      const keyId = await this.blobs.put(name, bytes);
      if (await this.documents.sealed(document.id, keyId)) document.keyId = keyId;
      // Removed meanwhile.
      else await this.blobs.remove(name);
    } catch (error) {
      if (!(error instanceof BlobsUnavailableError)) throw error;
      logEvent('original.not-kept', { documentId: document.id, err: error });
    }
  }

  /** @throws ProblemError `document-not-found` when it is not kept, `unavailable` */
  async open({ id, keyId }: DocumentEntity): Promise<Original> {
    const found = keyId === null ? null : await reached(() => this.blobs?.read(nameOf(id)));
    if (!found) {
      throw new ProblemError('document-not-found', 'The original of this document is not kept.');
    }
    const content = Readable.from(found.content, { objectMode: false });
    content.once('error', (error) => {
      if (error.name !== 'AbortError') logEvent('original.cut', { documentId: id, err: error });
    });
    return { bytes: found.size, content };
  }

  /** Before the document goes: what could not be removed would be forgotten about. @throws ProblemError `unavailable` */
  async remove({ id, keyId }: DocumentEntity): Promise<void> {
    if (!this.blobs && keyId !== null) {
      throw new ProblemError('unavailable', 'The original of this document cannot be reached.');
    }
    await reached(() => this.blobs?.remove(nameOf(id)));
  }

  private async reseal(): Promise<void> {
    if (!this.blobs) return;
    const { resealed, lost } = await resealAll(this.blobs, {
      sealedOtherwise: async (keyId, afterId) =>
        (await this.documents.sealedOtherwise(keyId, afterId)).map(({ id }) => ({
          id,
          name: nameOf(id),
        })),
      sealed: (id, keyId) => this.documents.sealed(id, keyId),
    });
    if (resealed > 0) logEvent('originals.resealed', { kept: resealed });
    if (lost > 0) logEvent('originals.sealed-away', { dropped: lost });
  }
}

function nameOf(documentId: string): string {
  return blobName('documents', documentId);
}

async function reached<Result>(
  work: () => Promise<Result> | undefined,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BlobsUnavailableError)) throw error;
    throw new ProblemError('unavailable', 'Original documents cannot be reached; try again later.');
  }
}
