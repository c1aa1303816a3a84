'use client';

import { unwrap, type PlannedMeeting } from '@parley/client';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { weekdayAndTime } from '../times';

const said = strings.planned;
/** What stands above the meetings; the calendar itself has the rest. */
const SHOWN = 5;

/** The next meetings that the workspace's calendars hold; nothing where they hold none. */
export function PlannedMeetings() {
  const router = useRouter();
  const [plans, setPlans] = useState<PlannedMeeting[]>([]);
  const [beginning, setBeginning] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);

  const load = useCallback(async () => {
    try {
      const query = { limit: SHOWN };
      const { ingestion } = pageClient();
      const { items } = await unwrap(ingestion.GET('/v1/planned-meetings', { params: { query } }));
      setPlans(items);
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }, []);
  useEffect(() => {
    const ask = (): void => void load();
    ask();
    // Who comes back to the page may come from the calendar.
    window.addEventListener('focus', ask);
    return () => {
      window.removeEventListener('focus', ask);
    };
  }, [load]);

  const begin = async (id: string): Promise<void> => {
    setBeginning(id);
    try {
      const params = { path: { id } };
      const { ingestion } = pageClient();
      const meeting = await unwrap(
        ingestion.POST('/v1/planned-meetings/{id}/begin', { params, body: {} }),
      );
      router.push(`/meetings/${meeting.id}`);
    } catch (problem) {
      setError(problem);
      setBeginning(null);
    }
  };

  // The list below asks the same service, and says why it cannot be reached.
  if (plans.length === 0) return null;
  return (
    <section aria-labelledby="planned" className="mt-6">
      <h2 id="planned" className="text-base font-semibold">
        {said.title}
      </h2>
      <ProblemNotice error={error} className="mt-2" />
      <ul className="mt-2 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
        {plans.map((plan) => (
          <PlanRow
            key={plan.id}
            plan={plan}
            busy={beginning === plan.id}
            disabled={beginning !== null}
            onBegin={() => void begin(plan.id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface PlanRowProps {
  plan: PlannedMeeting;
  busy: boolean;
  disabled: boolean;
  onBegin: () => void;
}

function PlanRow({ plan, busy, disabled, onBegin }: PlanRowProps) {
  const { title, startsAt, participants } = plan;
  const names = participants.map(({ name }) => name).join(', ');
  return (
    <li className="flex items-center gap-4 px-4 py-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{title}</span>
        <span className="block truncate text-sm text-muted">
          {said.plannedFor} <time dateTime={startsAt}>{weekdayAndTime(startsAt)}</time>
          {names ? ` · ${names}` : ''}
        </span>
      </span>
      <Button small disabled={disabled} aria-label={`${said.begin}: ${title}`} onClick={onBegin}>
        {busy ? said.beginning : said.begin}
      </Button>
    </li>
  );
}
