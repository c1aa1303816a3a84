import type { Entity } from '@parley/contracts';
import type { KnownPerson } from '../analysis-context';
import { withoutOverlaps, type Span } from '../text/span';

/** First names that are also everyday words count only with a capital, and not where a sentence puts one anyway. */
const EVERYDAY_WORDS = new Set(
  (
    'will mark may bill grant hope rose jack art sue pat drew chase frank grace faith joy dawn summer guy rich rob ' +
    'gene ray dean miles chip skip june april august drew ken max nick penny sandy terry wade iris ivy olive ruby pearl'
  ).split(' '),
);
const FREE_MAIL =
  /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|proton(?:mail)?|gmx|web|mail|aol|example)\./i;

/** Where participants are named, by full name, first name or last name; `value` is the full name. */
export function findParticipants(text: string, participants: readonly KnownPerson[]): Entity[] {
  const forms = participants.flatMap(({ name }) => {
    const full = name.trim();
    const parts = full.split(/\s+/);
    const forms = parts.length > 1 ? [full, parts[0] ?? '', parts.at(-1) ?? ''] : [full];
    return forms.filter((form) => form.length > 1).map((form) => ({ form, full }));
  });
  // Two people called Anna: whom a bare "Anna" means is not known, so it gets no value.
  const ambiguous = new Set(
    forms
      .filter((one) => forms.some((other) => other.form === one.form && other.full !== one.full))
      .map(({ form }) => form),
  );
  const found = forms
    .sort((one, other) => other.form.length - one.form.length)
    .flatMap(({ form, full }) =>
      occurrences(text, form)
        .filter((span) => isName(text, span))
        .map((span): Entity => ({
          type: 'person',
          text: text.slice(span.start, span.end),
          ...span,
          ...(ambiguous.has(form) ? {} : { value: full }),
          confidence: 0.95,
        })),
    );
  return withoutOverlaps(found);
}

/** Where the participants' own companies are named, known from their email addresses. */
export function findEmployers(text: string, participants: readonly KnownPerson[]): Entity[] {
  const domains = participants.flatMap(({ email }) => email?.split('@')[1] ?? []);
  const names = new Set(
    domains
      .filter((domain) => !FREE_MAIL.test(domain))
      .flatMap((domain) => domain.split('.')[0] ?? []),
  );
  return [...names].flatMap((name) =>
    occurrences(text, name).map((span): Entity => ({
      type: 'organization',
      text: text.slice(span.start, span.end),
      ...span,
      confidence: 0.8,
    })),
  );
}

function occurrences(text: string, form: string): Span[] {
  const escaped = form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function isName(text: string, { start, end }: Span): boolean {
  const form = text.slice(start, end);
  if (!EVERYDAY_WORDS.has(form.toLowerCase())) return true;
  if (!/^\p{Lu}/u.test(form)) return false;
  const opensSentence = /(?:^|[.?!]\s*)$/.test(text.slice(0, start));
  return (
    !opensSentence ||
    /^(?:,|\s+(?:will|can|is|has|could|would|said|sent|needs)\b)/.test(text.slice(end))
  );
}
