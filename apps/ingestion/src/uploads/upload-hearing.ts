import type { Pieces } from '@parley/audio';
import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { BYTES_PER_MS } from '../audio/audio-clock';
import type { HeldChannel, SenderSession } from '../audio/sender-session';

/** A second: what is sent in larger pieces than the log has room for would be shed. */
const STEP_BYTES = 1_000 * BYTES_PER_MS;
/** As long as a channel may be ahead. */
const STALL_MS = 30_000;

/** How it ended: all of it was sent; somebody, or the end of the meeting, stopped it; or it broke off and may go on later. */
export type HearingEnd = 'sent' | 'stopped' | { brokenOff: unknown };

/** Sends what a recording holds on its channel, as fast as the transcription takes it. */
export class UploadHearing implements SenderSession {
  private stopping = false;
  private failure: { brokenOff: unknown } | null = null;
  private held: HeldChannel | null = null;
  private over: Promise<unknown> = Promise.resolve();

  constructor(private readonly stallMs = STALL_MS) {}

  acknowledge(): void {
    // The channel's row says how far it is.
  }

  fail(error: unknown): void {
    this.failure ??= { brokenOff: error };
    // What waits for room is sent again later.
    this.held?.intake.abandon();
  }

  async end(): Promise<void> {
    this.stopping = true;
    await this.over;
  }

  async supersede(): Promise<void> {
    this.fail(new Error('another hearing of it has begun'));
    await this.over;
  }

  /** @throws what the pieces fail with; what was sent before it stays, and the channel ends there. */
  send(pieces: Pieces, held: HeldChannel): Promise<HearingEnd> {
    this.held = held;
    const sending = this.run(pieces, held);
    this.over = sending.catch(() => undefined);
    return sending;
  }

  private async run(pieces: Pieces, held: HeldChannel): Promise<HearingEnd> {
    let sentAll = false;
    try {
      // It may have failed before the channel was there.
      if (this.failure) held.intake.abandon();
      sentAll = await this.sendAll(pieces, held);
    } catch (error) {
      // Damaged from here on: what was heard stays, and the channel ends there. Anything else may pass.
      if (!(error instanceof ProblemError)) this.fail(error);
      throw error;
    } finally {
      await this.letGo(held);
    }
    if (this.failure) return this.failure;
    return sentAll ? 'sent' : 'stopped';
  }

  /** @returns false when it was to end before that */
  private async sendAll(pieces: Pieces, held: HeldChannel): Promise<boolean> {
    for await (const pcm of pieces) {
      for (let at = 0; at < pcm.length; at += STEP_BYTES) {
        if (this.stopping || this.failure) return false;
        held.intake.audio(pcm.subarray(at, at + STEP_BYTES));
        await this.taken(held);
      }
    }
    return true;
  }

  /** The next one's turn comes when nothing is taken for a while: it goes on later. */
  private async taken({ intake }: HeldChannel): Promise<void> {
    const timer = setTimeout(() => {
      this.fail(new ProblemError('at-capacity', 'The transcription is behind; it goes on later.'));
    }, this.stallMs);
    await intake.settled();
    clearTimeout(timer);
  }

  private async letGo(held: HeldChannel): Promise<void> {
    await held.intake.settled();
    await held.finish(!held.intake.abandoned).catch((error: unknown) => {
      logEvent('uploads.not-let-go', { err: error });
      this.fail(error);
    });
  }
}
