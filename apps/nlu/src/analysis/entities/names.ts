import type { Entity, EntityType } from '@parley/contracts';
import type { KnownPerson } from '../analysis-context';
import type { ParsedText } from '../text/parsed-text';
import { withoutOverlaps, type Span } from '../text/span';
import { findEmployers, findParticipants } from './known-names';

const COMPANY =
  /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}\p{N}&-]*\s+){1,3}(?:Inc|Corp|Corporation|Ltd|Limited|LLC|GmbH|AG|Labs|Technologies|Systems|Bank|University|Foundation|Group|Holdings|Software|Studios?)(?![\p{L}\p{N}])/gu;
/** Capital letters that name no company, and words the tagger likes to take for names. */
const NOT_A_NAME =
  /^(?:api|apis|pdf|csv|sql|html|css|http|https|url|ui|ux|qa|ceo|cto|cfo|coo|hr|it|kpi|okr|roi|sla|slas|mvp|poc|eta|faq|sdk|gpu|cpu|usb|crm|erp|b2b|saas|po|nda|gdpr|vat|eod|pr|ok|okay|tv|ai|ml|pm|am|id|ids|rfp|sso|vpn|i|the|you|he|she|they|we|us|me|him|her|them|everyone|everybody|someone)$/i;

const TITLE = /^(?:Mr|Mrs|Ms|Miss|Dr|Doctor|Prof|Professor|Sir|Madam|Hi|Hey|Hello|Thanks)$/;

/** People, organisations and places: who is known to be there first, then what the tagger thinks. */
export function findNames(
  text: string,
  parsed: ParsedText,
  participants: readonly KnownPerson[],
): Entity[] {
  const named = (type: EntityType, confidence: number, spans: readonly Span[]): Entity[] =>
    spans
      .map((span): Entity => ({
        type,
        text: text.slice(span.start, span.end),
        start: span.start,
        end: span.end,
        confidence,
      }))
      .filter((entity) => !NOT_A_NAME.test(entity.text) && /\p{L}/u.test(entity.text));
  const companies = Array.from(text.matchAll(COMPANY), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  return withoutOverlaps([
    ...findParticipants(text, participants).flatMap((one) => whoseName(text, one, parsed.people)),
    ...findEmployers(text, participants),
    ...named('organization', 0.85, companies),
    ...named('person', 0.7, parsed.people),
    ...named('organization', 0.7, parsed.organizations),
    ...named('place', 0.7, parsed.places),
  ]);
}

/** A part of a participant's name may stand in the whole name of somebody else: "David Hill" is not Laura Hill. */
function whoseName(text: string, known: Entity, people: readonly Span[]): Entity[] {
  const own = new Set((known.value ?? known.text).toLowerCase().split(/\s+/));
  const isAnother = (word: string): boolean => !own.has(word.toLowerCase()) && !TITLE.test(word);
  const inLongerName = people.some(({ start, end }) => {
    if (start > known.start || end < known.end) return false;
    const rest = `${text.slice(start, known.start)} ${text.slice(known.end, end)}`;
    return (rest.match(/(?<!\p{L})\p{Lu}\p{Ll}+(?!\p{L})(?!\.)/gu) ?? []).some(isAnother);
  });
  if (inLongerName) return [];
  // The tagger does not know every name as one; a capital inside a sentence is one too.
  const [, before] = /(?<=[\p{Ll},] )(\p{Lu}\p{Ll}+) $/u.exec(text.slice(0, known.start)) ?? [];
  if (!before || !isAnother(before)) return [known];
  const start = known.start - before.length - 1;
  return [
    { type: 'person', text: text.slice(start, known.end), start, end: known.end, confidence: 0.7 },
  ];
}
