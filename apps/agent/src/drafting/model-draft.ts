import { ModelFailedError, type TextEngine } from '@parley/ai';
import { z } from 'zod';
import type { Draft, SpokenLine } from '../planning/draft';
import { bringsAddress, bringsSecret } from '../planning/foreign-text';
import { strayWords } from '../planning/sentences';

const answer = z.object({
  subject: z.string().min(1).max(150).nullable(),
  body: z.string().min(1).max(2_000),
});

const INSTRUCTIONS = `Somebody in a meeting wants something written. The input is the last lines of the
transcript; the last one says what is wanted. Answer with a short, polite text in the words of the
transcript, and a subject if it is an email. Make up no names, dates, numbers or promises.`;

/** Greetings and the like need words that nobody spoke; facts do not. */
const STRAY_AT_MOST = 0.5;

const WRITTEN_KINDS: readonly string[] = ['message', 'email'];

/** Tells whether a model may word this draft: it never touches whom it goes to, nor a task or a date. */
export function isWritten({ kind }: Draft): boolean {
  return WRITTEN_KINDS.includes(kind);
}

/**
 * The draft with its text worded by the model, held against what was spoken.
 * @throws ModelFailedError also when the text strays from the transcript or brings in numbers of its own.
 */
export async function wordedBy(
  engine: TextEngine,
  draft: Draft,
  spoken: SpokenLine[],
  patienceMs: number,
): Promise<Draft> {
  const input = spoken
    .map(({ segment }) => `${segment.speaker?.name ?? 'unknown'}: ${segment.text}`)
    .join('\n');
  const request = { name: `meeting_${draft.kind}`, schema: answer, instructions: INSTRUCTIONS };
  const { subject, body } = await engine.complete({ ...request, input, patienceMs });
  const text = `${subject ?? ''} ${body}`;
  const stray = strayWords(text, input);
  if (bringsAddress(text, input) || bringsSecret(text, input, INSTRUCTIONS)) {
    throw new ModelFailedError(
      engine.name,
      'out-of-shape',
      'the text brings an address or a secret of its own',
    );
  }
  if (stray.share > STRAY_AT_MOST || stray.words.some((word) => /\d/.test(word))) {
    throw new ModelFailedError(engine.name, 'out-of-shape', 'the text strays from what was said');
  }
  const given = draft.kind === 'email' && subject !== null ? { subject } : {};
  return { ...draft, arguments: { ...draft.arguments, ...given, body } };
}
