import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { ServiceClient } from '@parley/service';
import { z } from 'zod';
import { ChannelsRepository } from './channels.repository';

const ASKING_MS = 1_000;
const TRY_AGAIN_SECONDS = 30;

const answer = z.object({
  listening: z.object({ meetings: z.number(), waiting: z.number(), capacity: z.number() }),
});

/** Lets a meeting's first audio in when asr has a place for it. */
@Injectable()
export class AdmissionService {
  constructor(
    @Inject(ServiceClient) private readonly services: ServiceClient,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
  ) {}

  /**
   * A meeting that was let in stays in, with all its channels. Many that come in the same second are all let in; who then finds no place waits, and its viewers are told.
   * So it is when asr does not answer: what is said is kept until it does.
   * @throws ProblemError `at-capacity`, with the number
   */
  async admit(meetingId: string): Promise<void> {
    if (await this.channels.hasAudio(meetingId)) return;
    const places = await this.places(meetingId);
    if (!places || places.meetings + places.waiting < places.capacity) return;
    throw new ProblemError(
      'at-capacity',
      `Parley listens to ${places.meetings} meetings here, as many as it measured that it can carry` +
        ` (${places.capacity}); ${places.waiting} wait. Try again when one has ended, or add a replica of asr.`,
      { retryAfterSeconds: TRY_AGAIN_SECONDS },
    );
  }

  private async places(
    meetingId: string,
  ): Promise<z.infer<typeof answer>['listening'] | undefined> {
    try {
      const options = { timeoutMs: ASKING_MS };
      const body = await this.services.request<unknown>('asr', 'GET', '/v1/engines', options);
      return answer.parse(body).listening;
    } catch (error) {
      logEvent('admission.unasked', { meetingId, err: error });
      return undefined;
    }
  }
}
