import { Inject, Injectable } from '@nestjs/common';
import { makeEvent, type ErasedStore } from '@parley/contracts';
import { MeetingEraser, UnitOfWork, WordEraser } from '@parley/database';
import { Idempotency } from '@parley/idempotency';
import { ERASING_SERVICE, type OtherStore } from './erasure.service';

/**
 * One service's part of taking out what was said in a meeting that is notes-only, the same in each. As with an
 * erasure the tombstone comes first, and the event comes again until its end was told.
 */
@Injectable()
export class Reduction {
  private readonly others: OtherStore[] = [];

  constructor(
    @Inject(ERASING_SERVICE) private readonly service: string,
    @Inject(MeetingEraser) private readonly tables: MeetingEraser,
    @Inject(WordEraser) private readonly words: WordEraser,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Declares a place besides the tables that holds words; its `erase` takes out these. */
  also(store: OtherStore): void {
    this.others.push(store);
  }

  /** Erases the words that the service holds of the meeting, and tells how much that was. */
  async run(meetingId: string, workspaceId: string): Promise<void> {
    await this.work.run(({ manager }) => this.words.bury(manager, meetingId));
    await this.tables.writersDone();
    const elsewhere: ErasedStore[] = [];
    for (const { name, erase } of this.others) {
      elsewhere.push({ store: name, erased: await erase(meetingId) });
    }
    const answers = await this.idempotency.forgetMeeting(meetingId);
    await this.work.run(async ({ manager, emit }) => {
      const stores = [
        ...(await this.words.erase(manager, meetingId)),
        ...elsewhere,
        { store: 'idempotency answers', erased: answers },
      ];
      const told = { service: this.service, stores };
      emit(makeEvent('meeting.words-forgotten', told, { meetingId, workspaceId }));
    });
  }
}
