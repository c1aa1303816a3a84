import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import { ListeningService } from './listening.service';

/** Hears of erasures on every replica: only one of them is handed the event. */
@Injectable()
export class ErasedMeetings implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    @Inject(Broadcast) private readonly broadcast: Broadcast,
    @Inject(ListeningService) private readonly listening: ListeningService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.stop = await this.broadcast.subscribe('meeting.erased', (message) => {
      this.listening.drop((message as { meetingId: string }).meetingId);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}
