import { Controller, Inject } from '@nestjs/common';
import { OnEvent } from '@parley/bus';
import { isWholeSummary, type Envelope } from '@parley/contracts';
import { ChannelsRepository } from '../audio/channels.repository';
import { CoverageRepository } from '../coverage/coverage.repository';
import { CoverageService } from '../coverage/coverage.service';
import { isShown } from '../coverage/is-shown';
import { ReductionsService } from '../reductions/reductions.service';
import { TimelineService } from './timeline.service';

/** Turns everybody's events into what a meeting's viewers see. */
@Controller()
export class TimelineHandlers {
  constructor(
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(CoverageRepository) private readonly spans: CoverageRepository,
    @Inject(CoverageService) private readonly coverage: CoverageService,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(ReductionsService) private readonly reductions: ReductionsService,
  ) {}

  @OnEvent('audio.session.listening')
  async onListening(event: Envelope<'audio.session.listening'>): Promise<void> {
    await this.timeline.append(event, 'listening', event.data);
  }

  @OnEvent('transcript.final')
  async onFinal(event: Envelope<'transcript.final'>): Promise<void> {
    const { segment, times } = event.data;
    await this.timeline.append(
      event,
      segment.revision > 0 ? 'segment.revised' : 'segment.final',
      segment,
      times,
    );
  }

  @OnEvent('transcript.covered')
  async onCovered(event: Envelope<'transcript.covered'>): Promise<void> {
    if (!event.meetingId) return;
    const { channel, spans } = event.data;
    await this.spans.add(event.meetingId, channel, spans);
    // What comes after the end may be the last: nothing else would show it.
    const show =
      spans.some(isShown) || (await this.channels.find(event.meetingId, channel))?.completed;
    if (show) await this.showCoverage(event, event.meetingId);
  }

  @OnEvent('transcript.completed')
  async onCompleted(event: Envelope<'transcript.completed'>): Promise<void> {
    if (!event.meetingId) return;
    const { channel, lastMs } = event.data;
    await this.channels.complete(event.meetingId, channel, lastMs);
    await this.showCoverage(event, event.meetingId);
  }

  @OnEvent('insight.created')
  async onInsight(event: Envelope<'insight.created'>): Promise<void> {
    await this.timeline.append(event, 'insight', event.data.insight);
  }

  @OnEvent('suggestion.created')
  async onSuggestion(event: Envelope<'suggestion.created'>): Promise<void> {
    await this.timeline.append(event, 'suggestion', event.data.suggestion);
  }

  @OnEvent('suggestion.decided')
  async onDecided(event: Envelope<'suggestion.decided'>): Promise<void> {
    await this.timeline.append(event, 'suggestion.decided', event.data.suggestion);
  }

  @OnEvent('summary.updated')
  async onSummary(event: Envelope<'summary.updated'>): Promise<void> {
    const { summary } = event.data;
    await this.timeline.append(event, 'summary', summary);
    // The notes are written: of a meeting that is notes-only the words may go.
    if (isWholeSummary(summary)) await this.reductions.summarised(summary.meetingId);
  }

  @OnEvent('delivery.succeeded')
  async onSucceeded(event: Envelope<'delivery.succeeded'>): Promise<void> {
    await this.timeline.append(event, 'delivery', event.data.delivery);
  }

  @OnEvent('delivery.failed')
  async onFailed(event: Envelope<'delivery.failed'>): Promise<void> {
    await this.timeline.append(event, 'delivery', event.data.delivery);
  }

  @OnEvent('delivery.uncertain')
  async onUncertain(event: Envelope<'delivery.uncertain'>): Promise<void> {
    await this.timeline.append(event, 'delivery', event.data.delivery);
  }

  @OnEvent('meeting.privacy-changed')
  async onPrivacyChanged(event: Envelope<'meeting.privacy-changed'>): Promise<void> {
    await this.timeline.append(event, 'privacy', event.data);
  }

  @OnEvent('meeting.ended')
  async onEnded(event: Envelope<'meeting.ended'>): Promise<void> {
    await this.timeline.append(event, 'meeting.ended', { endedAt: event.data.endedAt });
  }

  private async showCoverage(event: Envelope, meetingId: string): Promise<void> {
    const { spans: _, ...totals } = await this.coverage.compute(meetingId);
    await this.timeline.append(event, 'coverage', totals);
  }
}
