import { Body, Controller, Get, Inject, Param, Patch, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Meeting, Participant } from '@parley/contracts';
import { ApiRoute, NeedsScope, pageOf, type Page } from '@parley/service';
import { ChangeMeeting, ConsentRecord, GiveConsent } from './privacy.dto';
import { PrivacyService } from './privacy.service';

@ApiTags('privacy')
@Controller('v1/meetings/:id')
export class PrivacyController {
  constructor(@Inject(PrivacyService) private readonly privacy: PrivacyService) {}

  /**
   * The title, or how private it is, also while it runs. From the switch to `off-the-record` on audio is accounted
   * for as withheld, and neither stored nor passed on, until it is switched back.
   */
  @ApiRoute({
    id: 'changeMeeting',
    summary: 'Change a meeting',
    returns: Meeting,
    problems: ['meeting-not-found', 'meeting-ended'],
    example: { privacyMode: 'off-the-record' },
  })
  @NeedsScope('capture')
  @Patch()
  change(@Param('id') id: string, @Body() change: ChangeMeeting): Promise<Meeting> {
    return this.privacy.change(id, change);
  }

  /**
   * Notes what a participant said about being recorded; a later word withdraws an earlier one, and both are kept as
   * proof. From `declined` on their own channel, and every channel that several share, is withheld.
   */
  @ApiRoute({
    id: 'giveConsent',
    summary: 'Note a consent or its withdrawal',
    returns: Participant,
    problems: ['meeting-not-found', 'participant-not-found'],
    example: { consent: 'declined', method: 'spoken' },
  })
  @NeedsScope('capture')
  @Put('participants/:participantId/consent')
  consent(
    @Param('id') id: string,
    @Param('participantId') participantId: string,
    @Body() given: GiveConsent,
  ): Promise<Participant> {
    return this.privacy.consent(id, participantId, given);
  }

  /** Oldest first: every word, who noted it, and when. */
  @ApiRoute({
    id: 'listConsents',
    summary: 'List consents and withdrawals',
    returns: pageOf(ConsentRecord),
    problems: ['meeting-not-found'],
  })
  @Get('consents')
  list(@Param('id') id: string): Promise<Page<ConsentRecord>> {
    return this.privacy.consents(id);
  }
}
