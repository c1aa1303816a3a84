import {
  CONSENT_METHODS,
  CONSENTS,
  MOST_MEETING_WORDS,
  PRIVACY_MODES,
  type Consent,
  type ConsentMethod,
  type PrivacyMode,
} from '@parley/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsRFC3339,
  IsString,
  IsUUID,
  Length,
} from 'class-validator';

/** What is left out stays as it is. */
export class ChangeMeeting {
  @IsOptional() @IsString() @Length(1, 200) title?: string;
  /**
   * Takes effect at once; what was said before stays as it was meant, but in a meeting that becomes notes-only: all of
   * its words go once it has ended, and it never becomes a transcript again.
   */
  @IsOptional() @IsIn(PRIVACY_MODES) privacyMode?: PrivacyMode;
  /** All the words it expects, in place of those there were. Who begins to speak from then on is heard with them. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_MEETING_WORDS)
  @IsString({ each: true })
  @Length(1, 80, { each: true })
  vocabulary?: string[];
}

/** What a participant said about being recorded. */
export class GiveConsent {
  @IsIn(CONSENTS) consent: Consent;
  /** How they said so. */
  @IsIn(CONSENT_METHODS) method: ConsentMethod;
  /** When they said so, if not just now. RFC 3339, not in the future. */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @IsRFC3339()
  at?: string;
}

/** A consent, or its withdrawal, as it was noted: the proof of it. */
export class ConsentRecord {
  @IsUUID() id: string;
  @IsUUID() participantId: string;
  @IsIn(CONSENTS) consent: Consent;
  @IsIn(CONSENT_METHODS) method: ConsentMethod;
  /** When they said so. RFC 3339 UTC. */
  @IsISO8601() givenAt: string;
  /** When it was noted. RFC 3339 UTC. */
  @IsISO8601() recordedAt: string;
  /** Who noted it: the caller's id, as logs name it. */
  @IsString() recordedBy: string;
}
