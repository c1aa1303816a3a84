import type { Entity, EntityType, LinkedEntity } from '@parley/contracts';
import type { KnownPerson } from '../analysis/analysis-context';
import { isInitialsOf, organizationKey, personKey, plain, soundsLike } from './names';

/** What one segment names. */
export interface Named {
  segmentId: string;
  entities: readonly Entity[];
}

interface Candidate {
  key: string;
  /** Whether all of it is one's name: a first name alone is nobody's until somebody bears it. */
  full: boolean;
}

/** Two amounts, lengths or numbers that are equal need not be of the same thing; dates and sums of money are what they are. */
const BY_VALUE = new Set<EntityType>(['date', 'money']);
const BY_NAME = new Set<EntityType>(['person', 'organization', 'place']);

/**
 * Which mentions in a meeting are of the same person, organisation, place, date or sum. Where two could be meant, as with
 * "Maria" where two Marias are known, a mention is of none.
 * @param named in the order of speaking.
 */
export function linkEntities(
  named: readonly Named[],
  participants: readonly KnownPerson[],
): LinkedEntity[] {
  const all = named.flatMap(({ entities }) => entities);
  const people = candidatesOf(
    [
      ...participants.map(({ name }) => name),
      ...all.flatMap(({ type, text, value }) => (type === 'person' ? [value ?? text] : [])),
    ].map(personKey),
  );
  const organizations = candidatesOf(
    all.flatMap(({ type, text }) => (type === 'organization' ? [organizationKey(text)] : [])),
  );
  const given = new Map(participants.map(({ name }) => [personKey(name), name.trim()]));
  const linked = new Map<string, LinkedEntity>();
  for (const { segmentId, entities } of named) {
    for (const entity of entities) {
      const key = keyOf(entity, people, organizations);
      if (key === null) continue;
      const { type, text, start, end, value } = entity;
      const group = `${type}:${key}`;
      const known = linked.get(group) ?? {
        id: group.replace(/ /g, '-'),
        type,
        name: type === 'person' ? (given.get(key) ?? text) : text,
        ...(value === undefined ? {} : { value }),
        mentions: [],
      };
      const isGiven = type === 'person' && given.has(key);
      if (BY_NAME.has(type) && !isGiven && text.length > known.name.length) known.name = text;
      known.mentions.push({ segmentId, text, start, end });
      linked.set(group, known);
    }
  }
  return [...linked.values()];
}

/** The entities of a segment, each with what it refers to, where that is known. */
export function withReferences(
  segmentId: string,
  entities: readonly Entity[],
  linked: readonly LinkedEntity[],
): Entity[] {
  return entities.map((entity) => {
    const meant = linked.find(
      ({ type, mentions }) =>
        type === entity.type &&
        mentions.some(
          (mention) =>
            mention.segmentId === segmentId &&
            mention.start === entity.start &&
            mention.end === entity.end,
        ),
    );
    return meant ? { ...entity, refersTo: meant.id } : entity;
  });
}

function keyOf(
  { type, text, value }: Entity,
  people: readonly Candidate[],
  organizations: readonly Candidate[],
): string | null {
  if (BY_VALUE.has(type)) return value ?? null;
  if (type === 'place') return plain(text);
  // Not its value: that knows of participants only, and others may bear the same name.
  if (type === 'person') return personOf(personKey(text), people);
  if (type === 'organization') return organizationOf(text, organizations);
  return null;
}

function candidatesOf(keys: readonly string[]): Candidate[] {
  return [...new Set(keys)]
    .filter((key) => key !== '')
    .map((key) => ({ key, full: key.includes(' ') }));
}

/** Who is meant: the one with this name, or the only one of whom it is a part or how it sounds. */
function personOf(key: string, people: readonly Candidate[]): string | null {
  const full = people.filter((one) => one.full);
  if (key.includes(' ')) {
    const alike = full.filter((one) => one.key !== key && soundsLike(one.key, key));
    // Of two spellings of one name the first that is known counts; of three nobody knows.
    const first = full.find((one) => one.key === key || alike.includes(one));
    return alike.length > 1 ? key : (first?.key ?? key);
  }
  const bearers = (fits: (part: string) => boolean): Candidate[] =>
    distinct(full).filter(({ key: name }) => {
      const parts = name.split(' ');
      return fits(parts[0] ?? '') || fits(parts.at(-1) ?? '');
    });
  const named = bearers((part) => part === key);
  if (named.length > 0) return named.length === 1 ? (named[0]?.key ?? null) : null;
  const singles = people.filter((one) => !one.full);
  const sounding = [
    ...bearers((part) => soundsLike(part, key)),
    ...singles.filter((one) => one.key !== key && soundsLike(one.key, key)),
  ];
  if (sounding.length === 0) return key;
  if (sounding.length > 1) return null;
  const [only] = sounding;
  if (only?.full) return only.key;
  return singles.find((one) => one.key === key || one === only)?.key ?? key;
}

/** Spellings of one name that sound alike are one person: the first counts. */
function distinct(full: readonly Candidate[]): Candidate[] {
  return full.filter(
    (one, at) => !full.slice(0, at).some((other) => soundsLike(one.key, other.key)),
  );
}

/** The organisation of this name, or the only one that it is the first word or the initials of. */
function organizationOf(text: string, organizations: readonly Candidate[]): string | null {
  const key = organizationKey(text);
  const longer = organizations.filter(
    (one) => one.full && one.key !== key && one.key.startsWith(`${key} `),
  );
  if (longer.length > 0) return longer.length === 1 ? (longer[0]?.key ?? null) : null;
  const spelled = organizations.filter((one) => isInitialsOf(text, one.key));
  if (spelled.length > 1) return null;
  return spelled[0]?.key ?? key;
}
