const SPEAKERS = ['Laura', 'Thomas', 'Daniel', 'Emma'];
const SAID = [
  'The new pricing page goes live on Tuesday, if the design team has it by Friday.',
  'Backups are kept for thirty days, and I would like to see that written down somewhere.',
  'Can we talk about the numbers of last month before we decide anything about the next one?',
  'I think that this is too short, and that we should ask the customers first.',
];
/** A line of a meeting takes about three seconds. */
const LINE_MS = 3_000;
const PARTIALS = 10;

export function freshId(index: number): string {
  return `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** What is said as the line of this number, always the same. */
export function lineOf(index: number): object {
  const speaker = index % SPEAKERS.length;
  const text = SAID[index % SAID.length] ?? '';
  return {
    id: freshId(index + 1),
    channel: `channel-${speaker}`,
    speaker: { id: `speaker-${speaker}`, name: SPEAKERS[speaker], confidence: 1 },
    startMs: index * LINE_MS,
    endMs: (index + 1) * LINE_MS,
    text: `${text} (${index})`,
    final: true,
    revision: 0,
    engine: 'played',
    degraded: false,
  };
}

/** Its provisional texts, a few words more each. */
export function partialsOf(index: number): object[] {
  const line = lineOf(index) as { text: string };
  const words = line.text.split(' ');
  return Array.from({ length: PARTIALS }, (_, step) => ({
    ...line,
    text: words.slice(0, Math.ceil(((step + 1) / PARTIALS) * words.length)).join(' '),
    final: false,
  }));
}
