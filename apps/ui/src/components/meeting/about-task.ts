import type { Summary } from '@parley/client';
import { strings } from '@/strings';

type Line = Pick<Summary['sections']['tasks'][number], 'owner' | 'dueDate'>;

/** Whose task it is, and until when: what is known of that. */
export function aboutTask({ owner, dueDate }: Line): string[] {
  return [owner, dueDate && `${strings.summary.due} ${dueDate}`].filter((part): part is string =>
    Boolean(part),
  );
}
