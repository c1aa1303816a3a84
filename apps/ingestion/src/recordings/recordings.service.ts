import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { blobName, BLOBS, type Blobs } from '@parley/blobs';
import { newId, ProblemError } from '@parley/contracts';
import { isMeetingErased } from '@parley/database';
import { logEvent } from '@parley/observability';
import { Recorder, type Stretch } from './recorder';
import { RecordingMetrics } from './recording.metrics';
import { RecordingPartsRepository } from './recording-parts.repository';

/** Where the blobs of a meeting's audio are: all in one folder. */
export function recordingName(meetingId: string, partId?: string): string {
  return blobName('recordings', meetingId, ...(partId === undefined ? [] : [partId]));
}

/** Keeps the audio of meetings as blobs, and forgets it. */
@Injectable()
export class RecordingsService implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Of senders that are gone: what they sent last is on its way. */
  private readonly closing = new Set<Promise<void>>();

  constructor(
    @Inject(BLOBS) private readonly blobs: Blobs | null,
    @Inject(RecordingPartsRepository) private readonly parts: RecordingPartsRepository,
    @Inject(RecordingMetrics) private readonly metrics: RecordingMetrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.blobs && (await this.parts.any())) logEvent('recordings.out-of-reach');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  /** Resolves once all that senders who are gone have sent is kept or lost. */
  async settled(): Promise<void> {
    await Promise.all(this.closing);
  }

  /** Takes what one sender sends from now on; null where there is no place for it. */
  recorder(meetingId: string, channel: string): Recorder | null {
    const { blobs } = this;
    if (!blobs) return null;
    return new Recorder({
      keep: (stretch) => this.keep(blobs, meetingId, channel, stretch),
      lost: ({ startMs, endMs }, error) => {
        this.metrics.count('lost', endMs - startMs);
        logEvent('recording.lost', { meetingId, ms: endMs - startMs, err: error });
      },
    });
  }

  /** Has what was taken last kept, while its sender goes. */
  finish(recorder: Recorder): void {
    const closing = recorder.close().finally(() => this.closing.delete(closing));
    this.closing.add(closing);
  }

  /** Whether any setting says where audio is. */
  get withinReach(): boolean {
    return this.blobs !== null;
  }

  /** Whether there is audio of meetings that were made before this id. */
  async anyBefore(id: string): Promise<boolean> {
    return (await this.parts.olderThan(id, 1)).length > 0;
  }

  /** @throws ProblemError `unavailable` when there is audio of the meeting and no setting says where: it would stay. */
  async assertWithinReach(meetingId: string): Promise<void> {
    if (this.blobs || !(await this.parts.any(meetingId))) return;
    throw new ProblemError(
      'unavailable',
      'There is audio of this meeting, which cannot be reached: see BLOBS_DIR and BLOBS_S3_BUCKET.',
    );
  }

  /**
   * Removes all audio of the meeting. Run again it finds nothing. @returns how many blobs went.
   * @throws ProblemError `unavailable`, BlobsUnavailableError: its rows stay until the blobs can be reached.
   */
  async forget(meetingId: string): Promise<number> {
    await this.assertWithinReach(meetingId);
    const folder = recordingName(meetingId);
    // The rows stay until the blobs are gone: by them what could not be removed is found again.
    const removed = (await this.blobs?.removeAll(folder)) ?? 0;
    await this.parts.removeAll(meetingId);
    // Once more for what was being written meanwhile; who writes later sees that its row is gone, and takes it back.
    return removed + ((await this.blobs?.removeAll(folder)) ?? 0);
  }

  /** The row comes first: the database refuses it where nothing may be kept. */
  private async keep(
    blobs: Blobs,
    meetingId: string,
    channel: string,
    { startMs, endMs, pcm }: Stretch,
  ): Promise<boolean> {
    const id = newId<string>();
    try {
      if (!(await this.parts.begin({ id, meetingId, channel, startMs, endMs }))) return false;
    } catch (error) {
      if (isMeetingErased(error)) return false;
      throw error;
    }
    const name = recordingName(meetingId, id);
    const keyId = await blobs.put(name, pcm);
    if (!(await this.parts.sealed(id, keyId))) {
      await blobs.remove(name);
      return false;
    }
    this.metrics.count('kept', endMs - startMs);
    return true;
  }
}
