import type { Entity, EntityType, LinkedEntity } from '@parley/contracts';
import type { KnownPerson } from '../analysis/analysis-context';
import { KnownOrganizations } from './known-organizations';
import { KnownPeople } from './known-people';
import { organizationKey, personKey, plain } from './names';

/** What one segment names. */
export interface Named {
  segmentId: string;
  entities: readonly Entity[];
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
  const people = new KnownPeople(
    [
      ...participants.map(({ name }) => name),
      ...all.flatMap(({ type, text, value }) => (type === 'person' ? [value ?? text] : [])),
    ].map(personKey),
  );
  const organizations = new KnownOrganizations(
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

/** What each mention refers to, by where it is. */
export type References = ReadonlyMap<string, string>;

export function referencesIn(linked: readonly LinkedEntity[]): References {
  return new Map(
    linked.flatMap(({ id, type, mentions }) =>
      mentions.map(({ segmentId, ...span }) => [placeOf(segmentId, { type, ...span }), id]),
    ),
  );
}

/** The entities of a segment, each with what it refers to, where that is known. */
export function withReferences(
  segmentId: string,
  entities: readonly Entity[],
  references: References,
): Entity[] {
  return entities.map((entity) => {
    const refersTo = references.get(placeOf(segmentId, entity));
    return refersTo === undefined ? entity : { ...entity, refersTo };
  });
}

function placeOf(
  segmentId: string,
  { type, start, end }: Pick<Entity, 'type' | 'start' | 'end'>,
): string {
  return `${segmentId}:${start}:${end}:${type}`;
}

function keyOf(
  { type, text, value }: Entity,
  people: KnownPeople,
  organizations: KnownOrganizations,
): string | null {
  if (BY_VALUE.has(type)) return value ?? null;
  if (type === 'place') return plain(text);
  // Not its value: that knows of participants only, and others may bear the same name.
  if (type === 'person') return people.of(personKey(text));
  if (type === 'organization') return organizations.of(text);
  return null;
}
