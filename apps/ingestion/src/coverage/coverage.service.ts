import { Inject, Injectable } from '@nestjs/common';
import type { Coverage } from '@parley/contracts';
import { ChannelsRepository } from '../audio/channels.repository';
import { MeetingsService } from '../meetings/meetings.service';
import { channelLedger, totalsOf } from './channel-coverage';
import { CoverageRepository } from './coverage.repository';

@Injectable()
export class CoverageService {
  constructor(
    @Inject(CoverageRepository) private readonly spans: CoverageRepository,
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
  ) {}

  async get(meetingId: string): Promise<Coverage> {
    await this.meetings.require(meetingId);
    return this.compute(meetingId);
  }

  async compute(meetingId: string): Promise<Coverage> {
    const [channels, claims] = await Promise.all([
      this.channels.of(meetingId),
      this.spans.of(meetingId),
    ]);
    const heard = channels.filter(({ source }) => source === 'audio');
    const ledgers = heard.map(({ channel, receivedMs, completed, accountedMs }) => {
      const own = claims
        .filter((claim) => claim.channel === channel)
        .map(({ startMs, endMs, state, rule }) => ({ startMs, endMs, state, ...(rule ? { rule } : {}) }));
      // A claim may be ahead of the last stored progress: then so much was received, too.
      const claimedMs = own.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
      const spokenOfMs = completed ? accountedMs : null;
      return { channel, ledger: channelLedger(own, Math.max(receivedMs, claimedMs), spokenOfMs) };
    });
    return {
      ...totalsOf(ledgers.flatMap(({ ledger }) => ledger)),
      channels: ledgers.map(({ channel, ledger }) => ({ channel, ...totalsOf(ledger) })),
      spans: ledgers.flatMap(({ channel, ledger }) => ledger.map((span) => ({ channel, ...span }))),
    };
  }
}
