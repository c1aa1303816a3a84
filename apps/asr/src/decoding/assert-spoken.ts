import type { SpeechEngine } from '@parley/ai';
import { primaryLanguage, ProblemError } from '@parley/contracts';

/** @throws ProblemError `unsupported-language` */
export function assertSpoken({ languages }: SpeechEngine, language: string): void {
  if (languages.includes(primaryLanguage(language))) return;
  throw new ProblemError(
    'unsupported-language',
    `No speech engine here transcribes ${language}; there is one for: ${languages.join(', ')}.`,
  );
}
