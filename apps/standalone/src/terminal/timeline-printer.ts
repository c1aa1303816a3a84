import type {
  Citation,
  CoverageTotals,
  Delivery,
  Insight,
  Listening,
  Segment,
  Suggestion,
  Summary,
  SummarySection,
  TimelineEntry,
} from '@parley/contracts';
import { harmless, type Style } from './style';
import type { LiveLine } from './live-line';

const SECTION_TITLES: Record<SummarySection, string> = {
  objectives: 'Objectives',
  keyPoints: 'Key points',
  decisions: 'Decisions',
  tasks: 'Tasks',
  openQuestions: 'Open questions',
};

/** Shows a timeline as people read it. */
export class TimelinePrinter {
  private readonly speakers = new Map<string, number>();

  constructor(
    private readonly line: LiveLine,
    private readonly style: Style,
  ) {}

  entry(entry: TimelineEntry): void {
    switch (entry.type) {
      case 'segment.partial':
        this.line.show(this.style.dim(this.spoken(entry.data as Segment, '…')));
        return;
      case 'segment.final':
        this.line.print(this.spoken(entry.data as Segment, ''));
        return;
      case 'segment.revised':
        this.line.print(this.spoken(entry.data as Segment, ' (corrected)'));
        return;
      case 'insight':
        this.insight(entry.data as Insight);
        return;
      case 'suggestion':
        this.suggestion(entry.data as Suggestion);
        return;
      case 'suggestion.decided':
        this.decided(entry.data as Suggestion);
        return;
      case 'delivery':
        this.delivery(entry.data as Delivery);
        return;
      case 'summary':
        this.summary(entry.data as Summary);
        return;
      case 'meeting.ended':
        this.line.print(this.style.bold('\n── the meeting has ended ──'));
        return;
      case 'listening':
        this.listening(entry.data as Listening);
        return;
      case 'coverage':
      case 'privacy':
        return;
    }
  }

  coverage(totals: CoverageTotals): void {
    const share = (ms: number): string =>
      `${((100 * ms) / Math.max(1, totals.totalMs)).toFixed(1)} %`;
    const parts = [
      `transcribed ${share(totals.transcribedMs)}`,
      `silence ${share(totals.silenceMs)}`,
      `filtered ${share(totals.filteredMs)}`,
      `pending ${share(totals.pendingMs)}`,
      `shed ${share(totals.shedMs)}`,
      `lost ${share(totals.lostMs)}`,
    ];
    this.line.print(
      `${this.style.bold('Coverage')} of ${(totals.totalMs / 1_000).toFixed(1)} s of audio: ${parts.join(' · ')}`,
    );
  }

  private listening({ state, meetings, capacity }: Listening): void {
    this.line.print(
      state === 'waiting'
        ? `       ${this.style.bold('waiting')} for a place: ${meetings} meetings are listened to, of ${capacity} that this machine carries`
        : `       ${this.style.bold('listening')}: there is a place now`,
    );
  }

  private spoken(segment: Segment, mark: string): string {
    const name = segment.speaker?.name ?? `(${segment.channel})`;
    const index = this.speakers.get(name) ?? this.speakers.size;
    this.speakers.set(name, index);
    const label = this.style.colour(harmless(name).padEnd(8), index);
    return `${clock(segment.startMs)}  ${label} ${harmless(segment.text)}${mark}`;
  }

  private insight(insight: Insight): void {
    if (insight.intent === 'statement' || insight.intent === 'social') return;
    const found = insight.entities.map(({ text, value }) =>
      value && value !== text ? `${text} = ${value}` : text,
    );
    const details = found.length > 0 ? `  [${harmless(found.join(', '))}]` : '';
    this.line.print(
      this.style.dim(`       · ${insight.intent} ${insight.confidence.toFixed(2)}${details}`),
    );
  }

  private suggestion(suggestion: Suggestion): void {
    const how = suggestion.degraded ? ', degraded' : '';
    this.line.print(
      `       ${this.style.bold(`→ ${suggestion.kind}`)} ${harmless(suggestion.text)} ` +
        this.style.dim(`(${suggestion.confidence.toFixed(2)}${how})`),
    );
    for (const citation of suggestion.citations) {
      if (citation.type === 'chunk')
        this.line.print(this.style.dim(`         ${source(citation)}`));
    }
  }

  private decided(suggestion: Suggestion): void {
    const by = suggestion.decidedBy ? ` by ${suggestion.decidedBy}` : '';
    const why = suggestion.expiredBecause ? ` (${suggestion.expiredBecause})` : '';
    this.line.print(
      `       ${this.style.bold(suggestion.status)}${by}${why}: ${harmless(suggestion.text)}`,
    );
  }

  private delivery(delivery: Delivery): void {
    const reason = delivery.attempts.at(-1)?.reason;
    this.line.print(
      `       ${this.style.bold(`delivery ${delivery.status}`)} through ${delivery.tool}` +
        (reason ? `: ${harmless(reason)}` : ''),
    );
  }

  private summary(summary: Summary): void {
    if (summary.status === 'rolling') {
      this.line.print(this.style.dim(`       · summary so far: version ${summary.version}`));
      return;
    }
    this.line.print(this.style.bold(`\nSummary (version ${summary.version}, ${summary.engine})`));
    for (const [section, title] of Object.entries(SECTION_TITLES)) {
      const lines = summary.sections[section as SummarySection];
      if (lines.length === 0) continue;
      this.line.print(`  ${title}`);
      for (const { text, owner, dueDate, supported } of lines) {
        const facts = [owner, dueDate, supported ? undefined : 'not supported'].filter(Boolean);
        this.line.print(
          `    - ${harmless(text)}${facts.length > 0 ? this.style.dim(`  (${facts.join(', ')})`) : ''}`,
        );
      }
    }
  }
}

function source(citation: Citation): string {
  const page = citation.page === undefined ? '' : `, page ${citation.page}`;
  return `“${harmless(citation.quote)}” — ${harmless(citation.source ?? 'document')}${page}`;
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
