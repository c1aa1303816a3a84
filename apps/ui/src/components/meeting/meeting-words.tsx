'use client';

import { unwrap, type Meeting, type ParleyClient } from '@parley/client';
import { BookA } from 'lucide-react';
import { Popover } from 'radix-ui';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { PopoverPanel } from '../popover';
import { useSaving } from '../use-saving';
import { WordList } from '../word-list';
import { changeWords } from './change-words';

const said = strings.settings.vocabulary;
/** A meeting has room for its own words and for those of its workspace. */
const MOST = 400;

interface MeetingWordsProps {
  client: ParleyClient;
  meeting: Meeting;
  onChanged: () => Promise<void>;
}

/** The words that this meeting expects, to add to and to take from while it runs. */
export function MeetingWords({ client, meeting, onChanged }: MeetingWordsProps) {
  const { error, save } = useSaving();
  const keep = (wanted: string[]): Promise<boolean> =>
    save(async () => {
      const params = { path: { id: meeting.id } };
      // The whole list is sent: what others did to it since it was shown must not go with that.
      const now = await unwrap(client.ingestion.GET('/v1/meetings/{id}', { params }));
      const vocabulary = changeWords(meeting.vocabulary, wanted, now.vocabulary);
      await unwrap(client.ingestion.PATCH('/v1/meetings/{id}', { params, body: { vocabulary } }));
      await onChanged();
    });
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button>
          <BookA aria-hidden size={15} />
          {said.trigger}
        </Button>
      </Popover.Trigger>
      <PopoverPanel label={said.title} className="w-96 space-y-3">
        <div>
          <h2 className="text-sm font-semibold">{said.title}</h2>
          <p className="mt-0.5 text-xs leading-5 text-muted">{said.ofMeeting}</p>
        </div>
        <WordList words={meeting.vocabulary} most={MOST} onChange={keep} />
        <ProblemNotice error={error} />
      </PopoverPanel>
    </Popover.Root>
  );
}
