import { Inject, Injectable } from '@nestjs/common';
import { EventBus, type Forgetting } from '@parley/bus';
import { SERVICE_NAMES } from '@parley/config';
import { makeEvent, type Envelope } from '@parley/contracts';
import { EVENTS_OF_WORDS, EVENTS_WITH_QUOTES, UnitOfWork, type Unit } from '@parley/database';
import { logEvent } from '@parley/observability';
import { RecordingsService } from '../recordings/recordings.service';
import { ReductionsRepository } from './reductions.repository';

/** However late the summary is: after that the words go without it. */
const WORDS_STAY_AT_MOST_SECONDS = 900;
/** What quotes tells of decisions, too: it goes once everybody has heard of them. */
const FROM_BUS: Forgetting = { types: EVENTS_OF_WORDS, onceRead: EVENTS_WITH_QUOTES };

/** Has what was said in a meeting that is notes-only taken out everywhere, once the notes are written. */
@Injectable()
export class ReductionsService {
  constructor(
    @Inject(ReductionsRepository) private readonly reductions: ReductionsRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(EventBus) private readonly bus: EventBus,
    @Inject(RecordingsService) private readonly recordings: RecordingsService,
  ) {}

  /**
   * A final summary was written, with everything that was said. While asr still decodes, another one follows.
   * Does nothing for a meeting of another mode, one that goes on, or one that was begun with.
   */
  summarised(meetingId: string): Promise<void> {
    return this.begin(meetingId, true);
  }

  /** A service holds no words any more; with the last one's word nothing does. */
  async note(event: Envelope<'meeting.words-forgotten'>): Promise<void> {
    const { meetingId } = event;
    if (meetingId === undefined) return;
    const heard = await this.work.run(({ manager }) =>
      this.reductions.answered(manager, meetingId, event.data.service),
    );
    if (!heard || !SERVICE_NAMES.every((name) => heard.includes(name))) return;
    // After the services: they publish no more of it.
    await this.takeFromBus(meetingId);
    await this.reductions.complete(meetingId);
  }

  /** Begins with what waited too long for its summary, asks again, and looks through the bus once more. */
  async sweep(): Promise<void> {
    for (const meetingId of await this.reductions.overdue(WORDS_STAY_AT_MOST_SECONDS)) {
      logEvent('reduction.overdue', { meetingId });
      await this.begin(meetingId, false);
    }
    await this.work.run(async (unit) => {
      for (const known of await this.reductions.takeUnanswered(unit.manager)) {
        logEvent('reduction.asked-again', { meetingId: known.meetingId });
        this.ask(unit, known);
      }
    });
    const unattended = await this.work.run(({ manager }) =>
      this.reductions.takeUnattended(manager),
    );
    for (const { meetingId } of unattended) {
      await this.recordings.forget(meetingId);
      if (await this.takeFromBus(meetingId)) await this.reductions.lookedAfter(meetingId);
    }
  }

  private async begin(meetingId: string, onceHeard: boolean): Promise<void> {
    await this.work.run(async (unit) => {
      const begun = await this.reductions.begin(unit.manager, meetingId, onceHeard);
      if (begun) this.ask(unit, begun);
    });
  }

  /** @returns whether all of it is gone, from the files of the bus, too: what nobody has read yet goes next time. */
  private async takeFromBus(meetingId: string): Promise<boolean> {
    const { waiting } = await this.bus.forget(meetingId, FROM_BUS);
    return (await this.bus.rewriteFiles()) !== 'refused' && waiting === 0;
  }

  private ask(
    { emit }: Unit,
    { meetingId, workspaceId }: { meetingId: string; workspaceId: string },
  ): void {
    const data = { reducedAt: new Date().toISOString() };
    emit(makeEvent('meeting.reduced', data, { meetingId, workspaceId }));
  }
}
