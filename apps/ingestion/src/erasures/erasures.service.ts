import { Inject, Injectable } from '@nestjs/common';
import { Broadcast, EventBus } from '@parley/bus';
import { SERVICE_NAMES } from '@parley/config';
import { isId, makeEvent, newId, ProblemError, type Envelope } from '@parley/contracts';
import { MeetingEraser, UnitOfWork, type Unit } from '@parley/database';
import { logEvent } from '@parley/observability';
import { assertIdCursor, audited, pageFrom, requestContext, type Page } from '@parley/service';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { MEETING_ERASED, MeetingsService } from '../meetings/meetings.service';
import type { ErasureEntity } from './erasure.entity';
import type { Erasure, ErasureReason } from './erasure.views';
import { RecordingsService } from '../recordings/recordings.service';
import { ErasureMetrics } from './erasure.metrics';
import { ErasuresRepository } from './erasures.repository';
import { ReceiptSigner } from './receipt-signer';
import { receiptOf, toErasure } from './to-erasure';

/** Erases meetings here at once and everywhere soon, and keeps the receipt of each. */
@Injectable()
export class ErasuresService {
  constructor(
    @Inject(ErasuresRepository) private readonly erasures: ErasuresRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(MeetingEraser) private readonly tables: MeetingEraser,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(EventBus) private readonly bus: EventBus,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
    @Inject(ReceiptSigner) private readonly signer: ReceiptSigner,
    @Inject(ErasureMetrics) private readonly metrics: ErasureMetrics,
    @Inject(RecordingsService) private readonly recordings: RecordingsService,
  ) {}

  /** Erasing a meeting twice is the same as once. @throws ProblemError `meeting-not-found` */
  async erase(meetingId: string): Promise<Erasure> {
    const known = isId(meetingId) ? await this.erasures.ofMeeting(meetingId) : null;
    if (known?.workspaceId === requestContext().workspaceId) return this.view(known);
    const meeting = await this.meetings.require(meetingId);
    await this.recordings.assertWithinReach(meetingId);
    await this.begin(meeting, 'requested');
    const begun = await this.erasures.ofMeeting(meetingId);
    if (!begun) throw new ProblemError('meeting-not-found', 'There is no meeting with this id.');
    return this.view(begun);
  }

  /** From here on nobody finds the meeting, and nothing of it can be written. */
  async begin(
    { id, workspaceId }: Pick<MeetingEntity, 'id' | 'workspaceId'>,
    reason: ErasureReason,
  ): Promise<void> {
    const begun = await this.work.run((unit) => this.write(unit, { id, workspaceId }, reason));
    if (begun) await this.announce(id, reason);
  }

  /** The same within a transaction: {@link announce} once it is committed. @returns false when it was begun before. */
  async write(
    { manager, emit }: Unit,
    { id: meetingId, workspaceId }: Pick<MeetingEntity, 'id' | 'workspaceId'>,
    reason: ErasureReason,
  ): Promise<boolean> {
    const now = new Date();
    const id = newId<string>();
    const begun = await this.erasures.insert(manager, {
      id,
      workspaceId,
      meetingId,
      reason,
      requestedAt: now,
      askedAt: now,
      completedAt: null,
      lookedAfterAt: null,
      receipt: null,
      signature: null,
    });
    if (!begun) return false;
    await this.tables.bury(manager, meetingId);
    // Until its audio has gone: that there is some, and cannot be reached, is known by these alone.
    const stores = await this.tables.erase(manager, meetingId, ['recording_parts', 'uploads']);
    const event = makeEvent(
      'meeting.erased',
      { erasedAt: now.toISOString() },
      { meetingId, workspaceId },
    );
    emit(event);
    emit(audited('meeting.erased', meetingId, {}, { meetingId, workspaceId }));
    await this.erasures.report(manager, {
      eventId: event.id,
      erasureId: id,
      workspaceId,
      service: 'ingestion',
      at: now,
      stores,
    });
    return true;
  }

  async announce(meetingId: string, reason: ErasureReason): Promise<void> {
    this.metrics.begun(reason);
    await this.broadcast.publish(MEETING_ERASED, { meetingId }).catch((error: unknown) => {
      // Its lines find out at their next write.
      logEvent('erasure.not-announced', { meetingId, err: error });
    });
  }

  /** @throws ProblemError `erasure-not-found`, also for another workspace's. */
  async get(id: string): Promise<Erasure> {
    const { workspaceId } = requestContext();
    const row = isId(id) ? await this.erasures.find(workspaceId, id) : null;
    if (!row) throw new ProblemError('erasure-not-found', 'There is no erasure with this id.');
    return this.view(row);
  }

  async list(limit: number, cursor?: string): Promise<Page<Erasure>> {
    assertIdCursor(cursor);
    const rows = await this.erasures.list(requestContext().workspaceId, limit + 1, cursor);
    const { items, nextCursor } = pageFrom(rows, limit, (row) => this.view(row));
    return { items: await Promise.all(items), nextCursor };
  }

  /** A service says what it erased; with the last one's word the erasure is complete. */
  async note(event: Envelope<'meeting.forgotten'>): Promise<void> {
    const erasure = event.meetingId ? await this.erasures.ofMeeting(event.meetingId) : null;
    if (!erasure) return;
    const { service, stores } = event.data;
    await this.work.run(({ manager }) =>
      this.erasures.report(manager, {
        eventId: event.id,
        erasureId: erasure.id,
        workspaceId: erasure.workspaceId,
        service,
        at: new Date(event.occurredAt),
        stores,
      }),
    );
    if (erasure.completedAt === null) await this.completeIfDone(erasure);
  }

  /** Looks through the bus and the recordings once more, for what was on its way while the erasure ran. */
  async lookAfter({ id, meetingId }: ErasureEntity): Promise<void> {
    await this.recordings.forget(meetingId);
    await this.bus.forget(meetingId);
    if ((await this.bus.rewriteFiles()) !== 'refused') await this.erasures.lookedAfter(id);
  }

  private async completeIfDone(erasure: ErasureEntity): Promise<void> {
    const reports = await this.erasures.reportsOn(erasure.id);
    const timesHeard = (name: string): number =>
      reports.filter(({ service }) => service === name).length;
    // Ingestion's first report is of its rows, with the answer; its second comes once recordings and audio are gone.
    if (!SERVICE_NAMES.every((name) => timesHeard(name) >= (name === 'ingestion' ? 2 : 1))) return;
    // After the services: they publish no more of it.
    const { went: messages } = await this.bus.forget(erasure.meetingId);
    const files = await this.bus.rewriteFiles();
    const completedAt = new Date();
    const receipt = receiptOf({ ...erasure, completedAt }, reports, { messages, files });
    const signature = await this.signer.sign(receipt);
    await this.erasures.complete(erasure.id, { completedAt, receipt, signature });
  }

  private async view(row: ErasureEntity): Promise<Erasure> {
    return toErasure(row, row.receipt ? [] : await this.erasures.reportsOn(row.id));
  }
}
