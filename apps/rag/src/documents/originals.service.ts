import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import {
  blobName,
  BLOBS,
  BlobsUnavailableError,
  reached,
  resealAll,
  type Blobs,
} from '@parley/blobs';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { logEvent, outliveRequest } from '@parley/observability';
import { Sweep } from '@parley/service';
import type { RagSettings } from '../rag.settings';
import type { DocumentEntity } from './document.entity';
import { DocumentsRepository } from './documents.repository';

export interface Original {
  bytes: number;
  content: Readable;
}

const AWAY = 'Original documents cannot be reached; try again later.';
const AGAIN_MS = 3_600_000;
/** How long an upload waits for its original to be kept. */
const LONGEST_WAIT_MS = 3_000;
/** Each is held in memory until it is kept. */
const MOST_UNDER_WAY = 16;

/** Keeps documents as they were sent, where there is a place for them and the operator wants it. */
@Injectable()
export class Originals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly underWay = new Set<Promise<void>>();
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
    await Promise.all([this.rotation.stop(), atMost(Promise.all(this.underWay))]);
  }

  /**
   * A document without its original is still one: that the store is away is said in the log and in `original`. A store
   * that is slow finishes behind the answer.
   */
  async keep(document: DocumentEntity, bytes: Buffer): Promise<void> {
    const { blobs } = this;
    if (!blobs || !this.settings.RAG_KEEP_ORIGINALS) return;
    const failed = (err: unknown): void => {
      logEvent('original.not-kept', { documentId: document.id, err });
    };
    if (this.underWay.size >= MOST_UNDER_WAY) {
      failed(new BlobsUnavailableError('busy'));
      return;
    }
    const kept = outliveRequest(() => this.put(blobs, document, bytes))
      .catch(failed)
      .finally(() => this.underWay.delete(kept));
    this.underWay.add(kept);
    await atMost(kept);
  }

  /** @throws ProblemError `document-not-found` when it is not kept, `unavailable` */
  async open({ id, keyId }: DocumentEntity): Promise<Original> {
    const found = keyId === null ? null : await reached(AWAY, () => this.blobs?.read(nameOf(id)));
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
    await reached(AWAY, () => this.blobs?.remove(nameOf(id)));
  }

  /** After the document went: the same content, sent again in between, may have been kept for it. Never rejects. */
  async removeAgain(documentId: string): Promise<void> {
    try {
      await this.blobs?.remove(nameOf(documentId));
    } catch (error) {
      logEvent('original.not-removed', { documentId, err: error });
    }
  }

  private async put(blobs: Blobs, document: DocumentEntity, bytes: Buffer): Promise<void> {
    const name = nameOf(document.id);
    const keyId = await blobs.put(name, bytes);
    if (await this.documents.sealed(document.id, keyId)) document.keyId = keyId;
    // Removed meanwhile.
    else await blobs.remove(name);
  }

  private async reseal(): Promise<void> {
    const rows = {
      sealedOtherwise: async (keyId: string, afterId: string) =>
        (await this.documents.sealedOtherwise(keyId, afterId)).map(({ id }) => ({
          id,
          name: nameOf(id),
        })),
      sealed: (id: string, keyId: string) => this.documents.sealed(id, keyId),
    };
    const { resealed, lost } = await resealAll(this.blobs, rows);
    if (resealed > 0) logEvent('originals.resealed', { kept: resealed });
    if (lost > 0) logEvent('originals.sealed-away', { dropped: lost });
  }
}

function nameOf(documentId: string): string {
  return blobName('documents', documentId);
}

async function atMost(work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  const late = sleep(LONGEST_WAIT_MS, undefined, { signal }).catch(() => undefined);
  await Promise.race([work, late]).finally(() => {
    done.abort();
  });
}
