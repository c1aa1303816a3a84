import { Inject, Injectable } from '@nestjs/common';
import type { Envelope } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { SpeakersRepository } from '../speakers/speakers.repository';
import { LeasesRepository } from './leases.repository';
import { expectedTerms } from './expected-terms';
import { ListeningService } from './listening.service';
import { SessionsRepository } from './sessions.repository';

/** What asr does when it hears of a meeting, of audio, and of the end. Twice is as good as once. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(LeasesRepository) private readonly leases: LeasesRepository,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(SpeakersRepository) private readonly speakers: SpeakersRepository,
    @Inject(ListeningService) private readonly listening: ListeningService,
  ) {}

  async start(event: Envelope<'meeting.started'>): Promise<void> {
    const meetingId = meetingOf(event);
    const { participants, redactPersonalData = false, redactNames = false } = event.data;
    const vocabulary = expectedTerms(participants, event.data.vocabulary);
    const people = participants.map(({ name }) => name);
    const about = { vocabulary, people, redactPersonalData, redactNames };
    await this.leases.start(meetingId, event.workspaceId, about);
  }

  async open(event: Envelope<'audio.session.opened'>): Promise<void> {
    const meetingId = meetingOf(event);
    const { workspaceId } = event;
    const { channel, speaker, language, source = 'audio' } = event.data;
    const { redactPersonalData = false, redactNames = false } = event.data;
    await this.unitOfWork.run(async ({ manager }) => {
      await this.leases.register(meetingId, workspaceId, manager);
      const session = { meetingId, channel, workspaceId, speaker: speaker ?? null, language };
      await this.sessions.open(manager, { ...session, source, redactPersonalData, redactNames });
      if (speaker) await this.speakers.add(manager, meetingId, speaker);
    });
    await this.listening.take(meetingId);
  }

  async end(event: Envelope<'meeting.ended'>): Promise<void> {
    const meetingId = meetingOf(event);
    await this.leases.register(meetingId, event.workspaceId);
    await this.leases.markEnded(meetingId);
    await this.listening.forgetAudio(meetingId, event.data.channels);
  }
}

function meetingOf(event: Envelope): string {
  if (event.meetingId === undefined) throw new Error(`${event.type} names no meeting`);
  return event.meetingId;
}
