export const PERSONAL_KINDS = ['email', 'phone', 'card', 'name'] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** Where something personal stands in a text: `text.slice(start, end)`. */
export interface PersonalSpan {
  kind: PersonalKind;
  start: number;
  end: number;
}

/** What stands in its place. */
export function placeholderOf({ kind }: Pick<PersonalSpan, 'kind'>): string {
  return `[${kind}]`;
}
