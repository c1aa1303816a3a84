/** A service did not do what it promises; the message is what a person reads in the report. */
export class BrokenPromiseError extends Error {
  override readonly name: string = 'BrokenPromiseError';
}

/** The connection ended before there was an answer. */
export class BrokenConnectionError extends BrokenPromiseError {
  override readonly name = 'BrokenConnectionError';
}

/** @throws BrokenPromiseError saying what was promised, when it does not hold */
export function promised(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new BrokenPromiseError(sentence);
}

/** Text for a message: short, on one line. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : ((JSON.stringify(value) as string | undefined) ?? String(value));
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)} …` : line;
}
