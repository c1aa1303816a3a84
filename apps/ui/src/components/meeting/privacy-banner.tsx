'use client';

import type { Meeting, ParleyClient } from '@parley/client';
import { EyeOff, ShieldCheck } from 'lucide-react';
import { strings } from '@/strings';
import { classNames } from '../class-names';
import { ProblemNotice } from '../notice';
import type { PrivacyMode } from '../privacy-choice';
import { useSaving } from '../use-saving';
import { ChangePrivacy } from './change-privacy';
import { Consents } from './consents';
import { RecordSwitch } from './record-switch';

interface PrivacyBannerProps {
  client: ParleyClient;
  meeting: Meeting;
  mode: PrivacyMode;
  live: boolean;
  /** Asks for the meeting again: what people said stands in it. */
  reload: () => Promise<void>;
}

/** What becomes of what is said, who agreed to that, and the ways to change it. */
export function PrivacyBanner({ client, meeting, mode, live, reload }: PrivacyBannerProps) {
  const saving = useSaving();
  const off = mode === 'off-the-record';
  const declined = meeting.participants.filter(({ consent }) => consent === 'declined');
  const Icon = off ? EyeOff : ShieldCheck;
  return (
    <section
      aria-label={strings.privacy.label}
      className={classNames(
        'border-b border-line px-4 py-1.5 text-sm sm:px-6',
        off ? 'bg-warn-soft text-warn' : 'bg-ground text-muted',
      )}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p
          role="status"
          className={classNames(
            'flex min-w-0 flex-1 basis-64 items-start gap-1.5 py-1',
            off && 'font-medium',
          )}
        >
          <Icon aria-hidden size={15} className="mt-0.5 shrink-0" />
          {
            strings.meeting.privacy[
              mode === 'transcript' && meeting.keepAudio ? 'with-audio' : mode
            ]
          }
        </p>
        <div className="-mx-1 flex flex-wrap items-center gap-1">
          <Consents client={client} meeting={meeting} live={live} onChanged={reload} />
          {live ? (
            <>
              <ChangePrivacy client={client} meeting={meeting} mode={mode} />
              <RecordSwitch client={client} meetingId={meeting.id} mode={mode} saving={saving} />
            </>
          ) : null}
        </div>
      </div>
      {declined.length > 0 && live && !off ? (
        <p role="status" className="pb-1 text-warn">
          <strong className="font-medium">{declined.map(({ name }) => name).join(', ')}</strong>{' '}
          {declined.length > 1 ? strings.privacy.declinedMany : strings.privacy.declined}.{' '}
          {strings.privacy.withheld}
        </p>
      ) : null}
      <ProblemNotice error={saving.error} className="my-1" />
    </section>
  );
}
