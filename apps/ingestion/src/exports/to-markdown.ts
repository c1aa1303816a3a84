import {
  SUMMARY_SECTIONS,
  type Citation,
  type Meeting,
  type Segment,
  type Suggestion,
  type Summary,
  type SummaryLine,
  type SummarySection,
} from '@parley/contracts';
import { coverageSentence } from './coverage-sentence';
import { markdownText } from './markdown-text';
import type { MeetingExport } from './meeting-export';

const HEADINGS: Record<SummarySection, string> = {
  objectives: 'Objectives',
  keyPoints: 'Key points',
  decisions: 'Decisions',
  tasks: 'Tasks',
  openQuestions: 'Open questions',
};

/** To read, to print, to put into a wiki. What nobody looked for is not said to be absent. */
export function exportToMarkdown(record: MeetingExport): string {
  const { meeting, summary, segments } = record;
  const blocks = [
    `# ${markdownText(meeting.title)}`,
    ...head(record),
    ...(summary ? summaryBlocks(summary, segments) : ['No summary has been made yet.']),
    ...suggestionBlocks(record),
    '## Transcript',
    ...(segments.length > 0 ? segments.map(spoken) : ['No words were found.']),
    '## Audio',
    ...audioBlocks(record),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function head({ meeting, exportedAt }: MeetingExport): string[] {
  const when = whenOf(meeting);
  const names = meeting.participants.map(({ name }) => markdownText(name));
  return [
    [when, ...(names.length > 0 ? [names.join(', ')] : [])].join(' · '),
    ...(meeting.status === 'live' ? [`*The meeting was still going on at ${exportedAt}.*`] : []),
  ];
}

function whenOf({ startedAt, endedAt, timeZone }: Meeting): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  });
  const from = new Date(startedAt);
  const range =
    endedAt === null ? format.format(from) : format.formatRange(from, new Date(endedAt));
  return `${range} (${timeZone})`;
}

function summaryBlocks(summary: Summary, segments: readonly Segment[]): string[] {
  const starts = new Map(segments.map(({ id, startMs }) => [id, startMs]));
  const isSoFar = summary.status === 'rolling';
  const sections = SUMMARY_SECTIONS.flatMap((section) => {
    const lines = summary.sections[section];
    if (lines.length === 0) return [];
    const mark = (line: SummaryLine): string =>
      section === 'tasks' ? `- [${line.doneBy === undefined ? ' ' : 'x'}]` : '-';
    const items = lines.map((line) => `${mark(line)} ${summaryLine(line, starts)}`);
    return [`### ${HEADINGS[section]}`, items.join('\n')];
  });
  return [`## Summary${isSoFar ? ' so far' : ''}`, ...sections];
}

function summaryLine(line: SummaryLine, starts: ReadonlyMap<string, number>): string {
  const { owner, dueDate, supported, citations } = line;
  const notes = [
    ...(owner === undefined ? [] : [markdownText(owner)]),
    ...(dueDate === undefined ? [] : [`by ${dueDate}`]),
    ...(supported ? [] : ['nothing that was said supports this']),
    ...placesOf(citations, starts),
  ];
  return [markdownText(line.text), ...(notes.length > 0 ? [`(${notes.join('; ')})`] : [])].join(
    ' ',
  );
}

/** Where in the transcript, or in which document, the support stands. */
function placesOf(citations: readonly Citation[], starts: ReadonlyMap<string, number>): string[] {
  const places = citations.flatMap(({ id, source, page }) => {
    const startMs = starts.get(id);
    if (startMs !== undefined) return [clock(startMs)];
    if (source === undefined) return [];
    return [`${markdownText(source)}${page === undefined ? '' : `, page ${page}`}`];
  });
  return [...new Set(places)];
}

function suggestionBlocks({ suggestions, deliveries }: MeetingExport): string[] {
  if (suggestions.length === 0) return [];
  const done = new Map<string, string[]>();
  for (const { suggestionId, provider, status, url } of deliveries) {
    if (suggestionId === undefined) continue;
    const said = [provider, status, ...(url === undefined ? [] : [markdownText(url)])].join(' ');
    done.set(suggestionId, [...(done.get(suggestionId) ?? []), said]);
  }
  const lines = suggestions.map((one) => `- ${suggestionLine(one, done.get(one.id) ?? [])}`);
  return ['## Suggestions', lines.join('\n')];
}

function suggestionLine(suggestion: Suggestion, deliveries: readonly string[]): string {
  const { status, decidedBy, text } = suggestion;
  const decided = decidedBy === undefined ? status : `${status} by ${markdownText(decidedBy)}`;
  return `${markdownText(text)} (${[decided, ...deliveries].join('; ')})`;
}

function spoken({ speaker, startMs, text, overlaps = [] }: Segment): string {
  const who = speaker ? `**${markdownText(speaker.name)}** ` : '';
  const together = overlaps.length > 0 ? ' *(several at once)*' : '';
  return `${who}${clock(startMs)} ${markdownText(text)}${together}`;
}

function audioBlocks({ coverage }: MeetingExport): string[] {
  const holes = coverage.spans.filter(({ state }) => state === 'lost' || state === 'shed');
  const lines = holes.map(({ channel, startMs, endMs, state }) => {
    const what = state === 'lost' ? 'lost' : 'given up under load';
    return `- ${clock(startMs)} to ${clock(endMs)}, ${channel}: ${what}`;
  });
  return [coverageSentence(coverage), ...(lines.length > 0 ? [lines.join('\n')] : [])];
}

/** `1:02:03` */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const [minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
  return `${Math.floor(seconds / 3_600)}:${minutes}:${rest}`;
}
