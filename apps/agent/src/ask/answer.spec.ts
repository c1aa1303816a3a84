import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SpokenLine } from '../planning/draft';
import { line } from '../planning/line.factory';
import { extractiveAnswer } from './extractive-answer';
import { inquiryOf } from './inquiry';
import { spokenPassages } from './spoken-passages';

interface Listed {
  question: string;
  /** What the quoted words hold; null when nobody said it. */
  answer: string | null;
}

interface Turn {
  channel: string;
  text: string;
  startMs: number;
}

const sample = resolve(__dirname, '../../../standalone/sample');
const read = <T>(file: string): T => JSON.parse(readFileSync(resolve(sample, file), 'utf8')) as T;
const named = (channel: string) => channel.charAt(0).toUpperCase() + channel.slice(1);
const meeting: SpokenLine[] = read<{ turns: Turn[] }>('meeting.json').turns.map((turn) =>
  line(turn.text, { speaker: named(turn.channel), startMs: turn.startMs }),
);
const { listed, heldOut } = read<{ listed: Listed[]; heldOut: Listed[] }>('questions.json');

const quotesOn = (question: string, history = [] as { question: string; answer: string }[]) =>
  extractiveAnswer(spokenPassages(meeting, inquiryOf(question, history), null)).map(
    ({ citation }) => citation.quote,
  );

describe('the sample meeting, asked without a model', () => {
  it.each(listed.filter(({ answer }) => answer !== null))('answers: $question', (asked) => {
    expect(quotesOn(asked.question).join(' ')).toContain(asked.answer);
  });

  it.each(listed.filter(({ answer }) => answer === null))(
    'has no answer to: $question',
    (asked) => {
      expect(quotesOn(asked.question)).toEqual([]);
    },
  );

  it('finds nothing for what nobody spoke of, in questions that it was not tuned on', () => {
    const absent = heldOut.filter(({ answer }) => answer === null);
    expect(absent.map(({ question }) => quotesOn(question))).toEqual(absent.map(() => []));
  });

  it('quotes only what was said', () => {
    const said = meeting.map(({ segment }) => segment.text).join('\n');
    for (const { question } of [...listed, ...heldOut]) {
      for (const quote of quotesOn(question)) expect(said).toContain(quote);
    }
  });

  it('understands a question that follows up on another', () => {
    const history = [{ question: 'Who will send the pricing page?', answer: 'Thomas.' }];
    expect(quotesOn('By when?', history).join(' ')).toContain('by Friday');
    expect(quotesOn('By when?')).toEqual([]);
  });
});
