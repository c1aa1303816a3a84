import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import { SessionsService } from './sessions.service';

@Controller()
export class SessionsHandlers {
  constructor(@Inject(SessionsService) private readonly sessions: SessionsService) {}

  @OnEvent('meeting.started')
  async onStarted(event: Envelope<'meeting.started'>): Promise<void> {
    await this.sessions.start(event);
  }

  @OnEvent('audio.session.opened')
  async onOpened(event: Envelope<'audio.session.opened'>): Promise<void> {
    await this.sessions.open(event);
  }

  @OnEvent('meeting.ended')
  async onEnded(event: Envelope<'meeting.ended'>): Promise<void> {
    await this.sessions.end(event);
  }
}
