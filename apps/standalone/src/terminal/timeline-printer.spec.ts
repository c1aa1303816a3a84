import { Writable } from 'node:stream';
import type { Segment, TimelineEntry, TimelineType } from '@parley/contracts';
import { LiveLine } from './live-line';
import { progressBar } from './progress-bar';
import { terminalStyle } from './style';
import { TimelinePrinter } from './timeline-printer';

/** A terminal that keeps what is written to it. */
function terminal(isTTY: boolean) {
  let written = '';
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString('utf8');
      done();
    },
  });
  const line = new LiveLine(Object.assign(output, { isTTY, columns: 100 }));
  return { printer: new TimelinePrinter(line, terminalStyle(false)), written: () => written };
}

const entry = (type: TimelineType, data: unknown): TimelineEntry => ({
  type,
  meetingId: 'm',
  at: '2026-11-22T10:00:00.000Z',
  data,
});

const segment = (over: Partial<Segment> = {}): Segment => ({
  id: 'm:laura:0',
  meetingId: 'm',
  channel: 'laura',
  speaker: { id: 'p', name: 'Laura' },
  startMs: 83_000,
  endMs: 85_000,
  text: 'Good morning.',
  final: true,
  revision: 0,
  engine: 'test',
  degraded: false,
  ...over,
});

describe('the timeline in a terminal', () => {
  it('says when, who and what', () => {
    const { printer, written } = terminal(false);
    printer.entry(entry('segment.final', segment()));
    expect(written()).toBe('01:23  Laura    Good morning.\n');
  });

  it('names the channel where the speaker is not known', () => {
    const { printer, written } = terminal(false);
    printer.entry(entry('segment.final', segment({ speaker: null, channel: 'main' })));
    expect(written()).toContain('(main)');
  });

  it('rewrites provisional text in place, and leaves it out of files and pipes', () => {
    const shown = terminal(true);
    shown.printer.entry(entry('segment.partial', segment({ text: 'Good' })));
    shown.printer.entry(entry('segment.final', segment()));
    expect(shown.written()).toMatch(/Good…\r\u001b\[2K01:23 {2}Laura {4}Good morning\.\n$/);
    const piped = terminal(false);
    piped.printer.entry(entry('segment.partial', segment({ text: 'Good' })));
    expect(piped.written()).toBe('');
  });

  it('obeys no escape sequence that was spoken or stands in a document', () => {
    const { printer, written } = terminal(false);
    printer.entry(entry('segment.final', segment({ text: 'a\u001b[2Jb\u0007\rc' })));
    expect(written()).not.toMatch(/[\u001b\u0007\r]/);
  });

  it('shows where a fact stands', () => {
    const { printer, written } = terminal(false);
    printer.entry(
      entry('suggestion', {
        kind: 'fact',
        text: 'Kept for ninety days.',
        confidence: 0.8,
        degraded: false,
        citations: [
          { type: 'chunk', id: 'c', quote: 'Kept for ninety days.', page: 2, source: 'Policy' },
        ],
      }),
    );
    expect(written()).toContain('“Kept for ninety days.” — Policy, page 2');
  });
});

describe('the progress bar', () => {
  it('shows the share and both times', () => {
    expect(progressBar(60_000, 120_000)).toBe(
      `${'█'.repeat(15)}${'░'.repeat(15)}  50 %  1:00 of 2:00`,
    );
  });

  it('is full, not broken, for nothing', () => {
    expect(progressBar(0, 0)).toContain('100 %');
  });
});
