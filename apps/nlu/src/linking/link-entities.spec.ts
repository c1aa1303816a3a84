import type { LinkedEntity } from '@parley/contracts';
import { analyseText } from '../analysis/analyse-text';
import { exampleContext } from '../analysis/test-data/example-context';
import { linkEntities, referencesIn, withReferences, type Named } from './link-entities';
import { soundsLike } from './names';
import { scoreLinks, type LinkScore } from './test-data/link-scores';
import { LINKED_MEETINGS, type LinkedMeeting } from './test-data/meetings';

const PARTICIPANTS = [{ name: 'Maria Lopez' }, { name: 'Tom Baker' }];

const said = (
  lines: readonly string[],
  participants: LinkedMeeting['participants'] = PARTICIPANTS,
): Named[] =>
  lines.map((text, at) => ({
    segmentId: `s${at}`,
    entities: analyseText(text, exampleContext({ participants })).entities,
  }));
const linked = (
  lines: readonly string[],
  participants: LinkedMeeting['participants'] = PARTICIPANTS,
): LinkedEntity[] => linkEntities(said(lines, participants), participants);
const brief = (entities: readonly LinkedEntity[]): [string, string[]][] =>
  entities.map(({ id, mentions }) => [id, mentions.map(({ text }) => text)]);

describe('what is named in a meeting', () => {
  it('is one entity, whatever part of its name is said, with its fullest name', () => {
    const entities = linked(['Maria asks Acme Corporation.', 'Maria Lopez works for Acme.']);
    expect(entities.find(({ type }) => type === 'person')).toMatchObject({
      id: 'person:maria-lopez',
      name: 'Maria Lopez',
      mentions: [
        { segmentId: 's0', text: 'Maria', start: 0, end: 5 },
        { segmentId: 's1', text: 'Maria Lopez', start: 0, end: 11 },
      ],
    });
  });

  it('is nobody where two could be meant', () => {
    const marias = [{ name: 'Maria Lopez' }, { name: 'Maria Garcia' }];
    expect(brief(linked(['Maria will do it.', 'Maria Garcia did it.'], marias))).toEqual([
      ['person:maria-garcia', ['Maria Garcia']],
    ]);
  });

  it.each([
    ['johnson', 'johnston'],
    ['christian', 'christina'],
    ['roberts', 'robert'],
  ])('is not the same where a consonant differs: %s and %s', (one, other) => {
    expect(soundsLike(one, other)).toBe(false);
  });

  it('is the one day or sum that is meant, in whatever words', () => {
    const entities = linked([
      'I pay 500 euros tomorrow.',
      'That is five hundred euros on Saturday.',
    ]);
    expect(brief(entities)).toEqual([
      ['money:500-EUR', ['500 euros', 'five hundred euros']],
      ['date:2026-11-21', ['tomorrow', 'Saturday']],
    ]);
  });

  it('is not the same because it is as long or as many', () => {
    expect(
      linked(['It took two weeks and five people.', 'Another two weeks, five people.']),
    ).toEqual([]);
  });

  it('says in each place what it refers to, and nothing where that is not known', () => {
    const named = said(['Maria met Anna for two weeks.']);
    const entities = withReferences(
      's0',
      named[0]?.entities ?? [],
      referencesIn(linkEntities(named, PARTICIPANTS)),
    );
    expect(entities.map(({ text, refersTo }) => [text, refersTo])).toEqual([
      ['Maria', 'person:maria-lopez'],
      ['Anna', 'person:anna'],
      ['two weeks', undefined],
    ]);
  });

  it('is linked in the longest meeting that is read, though every segment names somebody else', () => {
    const named = Array.from({ length: 10_000 }, (_, at): Named => {
      const text = `${spelled(at)} ${spelled(at + 1)}`;
      const end = text.length;
      return {
        segmentId: `s${at}`,
        entities: [
          { type: 'person', text, start: 0, end },
          { type: 'person', text: spelled(at), start: end, end: end + 1 },
          { type: 'organization', text: `${text} Works`, start: end + 1, end: end + 2 },
        ],
      };
    });
    const references = referencesIn(linkEntities(named, PARTICIPANTS));
    const found = named.flatMap(({ segmentId, entities }) =>
      withReferences(segmentId, entities, references),
    );
    expect(found).toHaveLength(30_000);
    expect(found.at(-1)?.refersTo).toMatch(/^organization:/);
  });

  it('is linked without a mistake in the labelled meetings, and seldom left alone', () => {
    const scores = LINKED_MEETINGS.map(scoreLinks);
    const mistakes = scores.flatMap((score) => score.mistakes);
    expect(mistakes.filter((one) => one.startsWith('wrong'))).toEqual([]);
    const [right, expected] = [sumOf(scores, 'right'), sumOf(scores, 'expected')];
    expect({ enough: right / expected >= 0.9, mistakes }).toMatchObject({ enough: true });
  });
});

function sumOf(scores: readonly LinkScore[], part: 'right' | 'expected'): number {
  return scores.reduce((sum, score) => sum + score[part], 0);
}

const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'ke', 'la', 'mo', 'ri', 'su', 'te'];

/** A word of its own for each number below 10,000. */
function spelled(at: number): string {
  return [...String(at).padStart(5, '0')].map((digit) => SYLLABLES[Number(digit)]).join('');
}
