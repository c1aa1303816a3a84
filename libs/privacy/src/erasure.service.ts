import { Inject, Injectable } from '@nestjs/common';
import { makeEvent, type ErasedStore } from '@parley/contracts';
import { MeetingEraser, UnitOfWork } from '@parley/database';
import { Idempotency } from '@parley/idempotency';

export const ERASING_SERVICE = Symbol('ERASING_SERVICE');

/** A place other than a table in which a service keeps something of meetings. */
export interface OtherStore {
  /** As the receipt calls it: `files below DATA_DIR`. */
  name: string;
  /** Erases what it holds; nothing may come in afterwards. Run again it finds nothing. @returns how much went. */
  erase(meetingId: string): Promise<number>;
}

/**
 * One service's part of an erasure, the same in each. The tombstone comes first: after it no row can be written.
 * When it is killed in between, the event comes again, and what is left goes then.
 */
@Injectable()
export class Erasure {
  private readonly others: OtherStore[] = [];

  constructor(
    @Inject(ERASING_SERVICE) private readonly service: string,
    @Inject(MeetingEraser) private readonly tables: MeetingEraser,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Declares a place that an erasure has to reach besides the tables. */
  also(store: OtherStore): void {
    this.others.push(store);
  }

  /** Erases all that the service holds of the meeting, and tells how much that was. */
  async run(meetingId: string, workspaceId: string): Promise<void> {
    await this.work.run(({ manager }) => this.tables.bury(manager, meetingId));
    await this.tables.writersDone();
    const elsewhere: ErasedStore[] = [];
    for (const { name, erase } of this.others) {
      elsewhere.push({ store: name, erased: await erase(meetingId) });
    }
    const answers = await this.idempotency.forgetMeeting(meetingId);
    elsewhere.push({ store: 'idempotency answers', erased: answers });
    await this.work.run(async ({ manager, emit }) => {
      const stores = [...(await this.tables.erase(manager, meetingId)), ...elsewhere];
      emit(
        makeEvent(
          'meeting.forgotten',
          { service: this.service, stores },
          { meetingId, workspaceId },
        ),
      );
    });
  }
}
