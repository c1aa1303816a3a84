'use client';

import Link from 'next/link';
import { Tabs } from 'radix-ui';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useShortcuts } from '@/keyboard';
import { useSampleRun } from '@/meeting/sample-run';
import { useRecording } from '@/meeting/use-recording';
import { useMeeting } from '@/meeting/use-meeting';
import { useTopics } from '@/meeting/use-topics';
import { strings } from '@/strings';
import { classNames } from '../class-names';
import { Notice, ProblemNotice } from '../notice';
import { AskBox } from './ask-box';
import { useCorrecting } from './correcting';
import { CoverageBar } from './coverage-bar';
import { DeliveryList } from './delivery-list';
import { FactList } from './fact-list';
import { ListenControls } from './listen-controls';
import { MeetingHeader } from './meeting-header';
import { Minutes } from './minutes';
import { PrivacyBanner } from './privacy-banner';
import { SampleControls } from './sample-controls';
import { decideCurrent, stepToCard } from './step-suggestions';
import { SuggestionTray } from './suggestion-tray';
import { useSummaryEditing } from './summary-editing';
import { SummaryPanel } from './summary-panel';
import { TraceDialog } from '../trace/trace-dialog';
import { TopicBar } from './topic-bar';
import { Transcript } from './transcript';

const TAB =
  'shrink-0 border-b-2 border-transparent px-2.5 py-2 text-sm font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink';
const PANEL = 'min-h-0 flex-1 overflow-y-auto p-4 outline-none';

interface MeetingViewProps {
  meetingId: string;
  socketUrl: string;
  /** The line that a citation elsewhere leads to. */
  firstLine: string | null;
}

/** A meeting, while it runs and afterwards. */
export function MeetingView({ meetingId, socketUrl, firstLine }: MeetingViewProps) {
  const followed = useMeeting(meetingId, socketUrl);
  const { client, meeting, state, connection, problem, apply, reload } = followed;
  const [marked, setMarked] = useState<{ id: string; at: number } | null>(null);
  const showLine = useCallback((id: string) => {
    setMarked({ id, at: Date.now() });
  }, []);
  const [traced, setTraced] = useState<string | null>(null);
  const became = useMemo(
    () => ({ suggestions: state.suggestions, deliveries: state.deliveries }),
    [state.suggestions, state.deliveries],
  );
  const firstLineHeard = state.lines.some(({ id }) => id === firstLine);
  useEffect(() => {
    if (firstLine && firstLineHeard) showLine(firstLine);
  }, [firstLine, firstLineHeard, showLine]);
  const suggestions = useMemo(() => [...state.suggestions.values()], [state.suggestions]);
  const facts = suggestions.filter(({ kind }) => kind === 'fact');
  const proposals = suggestions.filter(({ kind }) => kind !== 'fact');
  const pending = proposals.filter(({ status }) => status === 'pending').length;
  const live = meeting?.status === 'live' && !state.ended;
  const run = useSampleRun();
  const sample = run?.meetingId === meetingId ? run : null;
  const editing = useSummaryEditing(client, meetingId, state.summary, apply);
  const isKept = useRecording(client, meeting, live);
  const correcting = useCorrecting(client, meeting, state.lines, apply);
  const found = useTopics(client, meetingId, state.lines.length, live);
  const tabs = strings.meeting.tabs;
  const [tab, setTab] = useState<string | null>(null);
  useEffect(() => {
    setTab(null);
  }, [live]);
  const shown = tab ?? (live ? 'suggestions' : 'summary');
  const step = (by: 1 | -1) => () => {
    flushSync(() => {
      setTab('suggestions');
    });
    stepToCard(by, 0);
  };
  useShortcuts({
    j: step(1),
    k: step(-1),
    a: () => {
      decideCurrent('approve');
    },
    r: () => {
      decideCurrent('reject');
    },
    '/': () => {
      flushSync(() => {
        setTab('ask');
      });
      document.querySelector<HTMLElement>('[data-shortcut="/"]')?.focus();
    },
  });

  if (connection === 'gone' || connection === 'away') {
    return (
      <div className="mx-auto max-w-xl p-8">
        <h1 className="mb-3 text-xl font-semibold">{strings.meeting.connection[connection]}</h1>
        <ProblemNotice error={problem} />
        <Link href="/" className="mt-4 inline-block text-sm text-accent hover:underline">
          {strings.problem.home}
        </Link>
      </div>
    );
  }
  return (
    <>
      <Minutes meeting={meeting} summary={state.summary} live={live} />
      <div className="flex flex-col lg:h-dvh print:hidden">
        <MeetingHeader
          meeting={meeting}
          client={client}
          live={live}
          connection={connection}
          reload={reload}
        />
        {client && meeting ? (
          <PrivacyBanner
            client={client}
            meeting={meeting}
            mode={state.privacyMode ?? meeting.privacyMode}
            live={live}
            reload={reload}
          />
        ) : null}
        {state.listening?.state === 'waiting' ? (
          <div className="px-4 pt-3 sm:px-6">
            <Notice look="warn">{strings.meeting.waiting}</Notice>
          </div>
        ) : null}
        {live && client && sample ? <SampleControls client={client} run={sample} /> : null}
        {live && client && (!sample || sample.state === 'failed') ? (
          <ListenControls client={client} meeting={meeting} />
        ) : null}
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_minmax(22rem,27rem)]">
          <section aria-label={strings.meeting.transcript} className="flex min-h-0 flex-col">
            <TopicBar {...found} onShowLine={showLine} />
            <Transcript
              state={state}
              live={live}
              marked={marked}
              correcting={correcting}
              noting={editing}
              isKept={isKept}
              onTrace={setTraced}
            />
            <CoverageBar coverage={state.coverage} />
          </section>
          <aside className="flex min-h-0 flex-col border-line bg-surface max-lg:border-t lg:border-l">
            <Tabs.Root
              value={shown}
              onValueChange={setTab}
              className="flex min-h-0 flex-1 flex-col"
            >
              <Tabs.List
                className="flex gap-1 overflow-x-auto border-b border-line px-2"
                aria-label={tabs.suggestions}
              >
                <Tabs.Trigger value="suggestions" className={TAB}>
                  {tabs.suggestions}
                  <Count value={pending} />
                </Tabs.Trigger>
                <Tabs.Trigger value="facts" className={TAB}>
                  {tabs.facts}
                  <Count value={facts.length} />
                </Tabs.Trigger>
                <Tabs.Trigger value="summary" className={TAB}>
                  {tabs.summary}
                </Tabs.Trigger>
                <Tabs.Trigger value="deliveries" className={TAB}>
                  {tabs.deliveries}
                  <Count value={state.deliveries.size} />
                </Tabs.Trigger>
                <Tabs.Trigger value="ask" className={TAB}>
                  {tabs.ask}
                </Tabs.Trigger>
              </Tabs.List>
              <Tabs.Content value="suggestions" className={PANEL}>
                <SuggestionTray
                  suggestions={proposals}
                  deliveries={state.deliveries}
                  client={client}
                  apply={apply}
                  onShowLine={showLine}
                />
              </Tabs.Content>
              <Tabs.Content value="facts" className={PANEL}>
                <FactList facts={facts} onShowLine={showLine} />
              </Tabs.Content>
              <Tabs.Content value="summary" className={PANEL}>
                <SummaryPanel
                  summary={state.summary}
                  live={live}
                  onShowLine={showLine}
                  editing={live ? null : editing}
                />
              </Tabs.Content>
              <Tabs.Content value="deliveries" className={PANEL}>
                <DeliveryList deliveries={[...state.deliveries.values()]} client={client} />
              </Tabs.Content>
              {/* Kept: answers are still there when somebody comes back to them. */}
              <Tabs.Content
                value="ask"
                forceMount
                className={classNames(PANEL, 'data-[state=inactive]:hidden')}
              >
                <AskBox meetingId={meetingId} onShowLine={showLine} />
              </Tabs.Content>
            </Tabs.Root>
          </aside>
        </div>
        {traced ? (
          <TraceDialog
            client={client}
            meetingId={meetingId}
            segmentId={traced}
            changes={became}
            onClose={() => {
              setTraced(null);
            }}
          />
        ) : null}
      </div>
    </>
  );
}

function Count({ value }: { value: number }) {
  return value > 0 ? (
    <span className="ml-1.5 rounded-full bg-accent-soft px-1.5 py-0.5 text-xs text-accent tabular-nums">
      {value}
    </span>
  ) : null;
}
