import { Inject, Injectable } from '@nestjs/common';
import { wavHeader } from '@parley/audio';
import { BlobDamagedError, BLOBS, BlobsUnavailableError, type Blobs } from '@parley/blobs';
import { BYTES_PER_MS } from '../audio/audio-clock';
import { RecordingPartsRepository, type RecordingStretch } from './recording-parts.repository';
import type { RecordedChannel } from './recording.views';
import { recordingName } from './recordings.service';

const SILENCE = Buffer.alloc(65_536);

/** `damaged`: altered or missing in the store, or sealed with a key that is not here. */
export type Unreadable = 'away' | 'damaged';

/** What is kept of a channel, as it sounded: what is not kept is silent, so that every millisecond has its place. */
@Injectable()
export class RecordingReader {
  constructor(
    @Inject(BLOBS) private readonly blobs: Blobs | null,
    @Inject(RecordingPartsRepository) private readonly parts: RecordingPartsRepository,
  ) {}

  /** Spans that touch are one; none once only notes are kept. */
  async channels(meetingId: string): Promise<RecordedChannel[]> {
    const channels: RecordedChannel[] = [];
    for (const { channel, startMs, endMs } of await this.parts.audible(meetingId)) {
      const known = channels.at(-1);
      const last = known?.spans.at(-1);
      if (known?.channel !== channel) channels.push({ channel, spans: [{ startMs, endMs }] });
      else if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
      else known.spans.push({ startMs, endMs });
    }
    return channels;
  }

  /** Why the store does not give out the first part just now: once a file has begun it can only be cut off. */
  async unreadable(meetingId: string, stretch: RecordingStretch): Promise<Unreadable | null> {
    if (!this.blobs) return 'away';
    const first = await this.parts.first(stretch, meetingId);
    if (!first) return null;
    try {
      return (await this.blobs.read(recordingName(meetingId, first.id))) ? null : 'damaged';
    } catch (error) {
      if (error instanceof BlobsUnavailableError) return 'away';
      if (error instanceof BlobDamagedError) return 'damaged';
      throw error;
    }
  }

  /**
   * A WAV file of the stretch, piece by piece.
   * @param damaged is told what does not open and is silent instead; left out: that ends the file
   * @throws BlobsUnavailableError, BlobDamagedError
   */
  async *wav(
    meetingId: string,
    stretch: RecordingStretch,
    damaged?: (span: { startMs: number; endMs: number }) => void,
  ): AsyncGenerator<Buffer> {
    yield wavHeader((stretch.endMs - stretch.startMs) * BYTES_PER_MS);
    let atMs = stretch.startMs;
    for (const { id, startMs, endMs } of await this.parts.within(stretch, meetingId)) {
      const [fromMs, toMs] = [Math.max(startMs, atMs), Math.min(endMs, stretch.endMs)];
      // A sender that came back may have sent something again.
      if (toMs <= fromMs) continue;
      yield* silence(fromMs - atMs);
      const range = {
        from: (fromMs - startMs) * BYTES_PER_MS,
        to: (toMs - startMs) * BYTES_PER_MS,
      };
      atMs = fromMs;
      try {
        for await (const piece of this.part(recordingName(meetingId, id), range)) {
          atMs += piece.length / BYTES_PER_MS;
          yield piece;
        }
      } catch (error) {
        if (!damaged || !(error instanceof BlobDamagedError)) throw error;
        damaged({ startMs: atMs, endMs: toMs });
        yield* silence(toMs - atMs);
      }
      atMs = toMs;
    }
    yield* silence(stretch.endMs - atMs);
  }

  private async *part(name: string, range: { from: number; to: number }): AsyncGenerator<Buffer> {
    const part = await this.blobs?.read(name, range);
    if (!part) throw new BlobDamagedError('a part of the recording is missing');
    yield* part.content;
  }
}

function* silence(ms: number): Generator<Buffer> {
  for (let left = ms * BYTES_PER_MS; left > 0; left -= SILENCE.length) {
    yield SILENCE.subarray(0, left);
  }
}

/** The whole channel, from its beginning to the last of what is kept. */
export function wholeOf({ channel, spans }: RecordedChannel): RecordingStretch {
  return { channel, startMs: 0, endMs: spans.at(-1)?.endMs ?? 0 };
}

/** How large the WAV file of a stretch is. */
export function wavBytes({ startMs, endMs }: RecordingStretch): number {
  return wavHeader(0).length + (endMs - startMs) * BYTES_PER_MS;
}
