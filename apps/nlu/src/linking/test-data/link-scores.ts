import { analyseText } from '../../analysis/analyse-text';
import { exampleContext } from '../../analysis/test-data/example-context';
import { linkEntities } from '../link-entities';
import type { LinkedMeeting } from './meetings';

/** Pairs of mentions, as people and as nlu link them. */
export interface LinkScore {
  expected: number;
  right: number;
  wrong: number;
  /** Each pair that only one of them links. */
  mistakes: string[];
}

/** A mention that nlu does not find is missed in all its pairs. */
export function scoreLinks({ participants, lines }: LinkedMeeting): LinkScore {
  const marks = new Map<string, string>();
  const texts = lines.map((line, at) => {
    let text = '';
    for (const part of line.split(/(\[[^\]]+\])/)) {
      const [, spoken, which] = /^\[(.+)\|(.+)\]$/.exec(part) ?? [];
      if (spoken && which) marks.set(`s${at}:${text.length + spoken.length}`, which);
      text += spoken ?? part;
    }
    return text;
  });
  const named = texts.map((text, at) => ({
    segmentId: `s${at}`,
    entities: analyseText(text, exampleContext({ participants })).entities,
  }));
  // By where it ends: whether "Mr" or "the" belongs to a name is nobody's question here.
  const found = new Map<string, string>(
    linkEntities(named, participants).flatMap(({ id, mentions }) =>
      mentions.map(({ segmentId, end }) => [`${segmentId}:${end}`, id] as const),
    ),
  );
  const places = [...new Set([...marks.keys(), ...found.keys()])];
  const score: LinkScore = { expected: 0, right: 0, wrong: 0, mistakes: [] };
  places.forEach((one, at) => {
    for (const other of places.slice(at + 1)) {
      const meant = marks.get(one);
      const same = meant !== undefined && meant !== '?' && meant === marks.get(other);
      const linked = found.has(one) && found.get(one) === found.get(other);
      if (same) score.expected += 1;
      if (same && linked) score.right += 1;
      if (!same && linked) score.wrong += 1;
      if (same !== linked) {
        score.mistakes.push(`${same ? 'missed' : 'wrong'}: ${one} and ${other}, ${meant ?? '?'}`);
      }
    }
  });
  return score;
}
