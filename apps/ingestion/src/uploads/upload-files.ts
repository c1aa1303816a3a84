import { Inject, Injectable } from '@nestjs/common';
import { BLOBS, reached, type Blobs } from '@parley/blobs';
import { ProblemError } from '@parley/contracts';
import { recordingName } from '../recordings/recordings.service';
import type { UploadEntity } from './upload.entity';
import { UploadsRepository } from './uploads.repository';

type Named = Pick<UploadEntity, 'id' | 'meetingId'>;

const AT_A_TIME = 20;

/** The files of uploaded recordings, sealed, until they have been heard. */
@Injectable()
export class UploadFiles {
  constructor(
    @Inject(BLOBS) private readonly blobs: Blobs | null,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
  ) {}

  get haveAPlace(): boolean {
    return this.blobs !== null;
  }

  /** @throws ProblemError `no-place-for-audio`; `unavailable` while it cannot be reached */
  async keep(upload: Named, file: Buffer): Promise<void> {
    const blobs = this.place();
    await reached('The recording could not be stored; send it again later.', () =>
      blobs.put(nameOf(upload), file),
    );
  }

  /** @throws ProblemError `gone`; BlobDamagedError, BlobsUnavailableError */
  async read(upload: Pick<UploadEntity, 'id' | 'meetingId' | 'bytes'>): Promise<Buffer> {
    const found = await this.place().read(nameOf(upload));
    if (!found) throw new ProblemError('gone', 'The file was erased before it was heard.');
    // Shared with the thread that decodes it: it is in memory once.
    const file = Buffer.from(new SharedArrayBuffer(upload.bytes));
    let at = 0;
    for await (const piece of found.content) at += piece.copy(file, at);
    return file;
  }

  /** Of recordings that are over, and of those that never arrived: the row goes, or says so, once the file is gone. */
  async removeNeedless(): Promise<void> {
    for (const upload of await this.uploads.needless(AT_A_TIME)) {
      await this.place().remove(nameOf(upload));
      await this.uploads.fileGone(upload.id);
    }
  }

  /** @throws ProblemError `no-place-for-audio` */
  place(): Blobs {
    if (this.blobs) return this.blobs;
    throw new ProblemError(
      'no-place-for-audio',
      'This installation has no place for recordings: see BLOBS_DIR and BLOBS_S3_BUCKET.',
    );
  }
}

function nameOf({ id, meetingId }: Named): string {
  return recordingName(meetingId, id);
}
