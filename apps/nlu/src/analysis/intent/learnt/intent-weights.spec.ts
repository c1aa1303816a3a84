import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doubtOf } from '../../../../training/doubt-scores';
import {
  calibrationError,
  macroF1,
  scoresOf,
  type Judged,
} from '../../../../training/intent-scores';
import {
  beforeOf,
  clausesOf,
  readLabelled,
  SOURCES,
  type Source,
} from '../../../../training/labelled-data';
import { classifyIntent } from '../classify-intent';
import type { Clause } from '../clauses';
import type { SpokenBefore } from '../context/context-signs';
import { intentByRules, type ClassifiedIntent } from '../rules-intent';
import { probabilitiesOf, readWeights, WEIGHTS_FILE } from './intent-weights';
import { featuresOf } from './utterance-features';

type Classify = (clauses: readonly Clause[], before: SpokenBefore | null) => ClassifiedIntent;

const told: Classify = (clauses, before) => classifyIntent(clauses, before);
const notTold: Classify = (clauses) => classifyIntent(clauses);
const rules: Classify = (clauses) => intentByRules(clauses);

function judged(source: Source, classify: Classify): (Judged & { text: string })[] {
  return readLabelled(source)
    .filter(({ part }) => part === 'held-out')
    .map((utterance) => {
      const { intent, text } = utterance;
      const { intent: found, confidence } = classify(clausesOf(text), beforeOf(utterance));
      return { intent, text, found, confidence };
    });
}

describe('the intents that were learnt', () => {
  it.each<[Source, number]>([
    ['utterances', 0.05],
    // A hundred real sentences, few of each intent: here the two are as good as each other.
    ['real-utterances', -0.02],
  ])('are at least as good as the rules on held-out %s, by %d', (source, gain) => {
    const [learnt, byRules] = [judged(source, told), judged(source, rules)];
    expect(macroF1(scoresOf(learnt))).toBeGreaterThanOrEqual(0.7);
    expect(macroF1(scoresOf(learnt))).toBeGreaterThanOrEqual(macroF1(scoresOf(byRules)) + gain);
  });

  it('of answers hang on what was asked, in meetings that nothing was learnt from', () => {
    const [heard, without] = [judged('exchanges', told), judged('exchanges', notTold)];
    expect(macroF1(scoresOf(heard))).toBeGreaterThanOrEqual(macroF1(scoresOf(without)) + 0.15);
    const [real, realWithout] = [
      judged('real-utterances', told),
      judged('real-utterances', notTold),
    ];
    expect(macroF1(scoresOf(real))).toBeGreaterThanOrEqual(macroF1(scoresOf(realWithout)));
  });

  it.each(SOURCES)('are about as sure as they are right on held-out %s', (source) => {
    expect(calibrationError(judged(source, told))).toBeLessThan(0.1);
  });

  it.each<Source>(['utterances', 'real-utterances'])(
    'leave few held-out %s to a model, those that they are often wrong about',
    (source) => {
      const { inDoubt, rightInDoubt, rightElse } = doubtOf(judged(source, told));
      expect(inDoubt).toBeGreaterThan(0.1);
      expect(inDoubt).toBeLessThan(0.2);
      expect(rightInDoubt).toBeLessThan(0.6);
      expect(rightElse).toBeGreaterThan(0.85);
    },
  );

  it('hold no utterance that is learnt from among those that are held out', () => {
    for (const source of SOURCES) {
      const textsOf = (part: string): string[] =>
        readLabelled(source)
          .filter((one) => one.part === part)
          .map(({ text }) => text.toLowerCase().replace(/\W/g, ''));
      const learnt = new Set(textsOf('learn'));
      const shared = textsOf('held-out').filter((text) => learnt.has(text));
      // Real people say "Uh-huh" and "Right?" in every meeting.
      if (source === 'utterances') expect(shared).toEqual([]);
    }
  });

  it('add up to one for whatever is said', () => {
    for (const text of ['hello', 'x', '12 %', 'Who decides, and when? '.repeat(40)]) {
      const sum = probabilitiesOf(featuresOf(clausesOf(text), null), readWeights()).reduce(
        (total, one) => total + one,
        0,
      );
      expect(sum).toBeCloseTo(1, 9);
    }
  });

  it('fit into 300 kB, and weights of another shape are refused', () => {
    expect(statSync(WEIGHTS_FILE).size).toBeLessThan(300_000);
    const folder = mkdtempSync(join(tmpdir(), 'parley-weights-'));
    try {
      const path = join(folder, 'intents.json');
      const file = JSON.parse(readFileSync(WEIGHTS_FILE, 'utf8')) as { slots: number };
      writeFileSync(path, JSON.stringify({ ...file, slots: file.slots - 1 }));
      expect(() => readWeights(path)).toThrow('npm run train');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
