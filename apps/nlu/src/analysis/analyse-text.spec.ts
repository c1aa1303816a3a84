import { Analysis, type Entity } from '@parley/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { analyseText, MAX_TEXT_LENGTH } from './analyse-text';
import { exampleContext } from './test-data/example-context';
import { labelledUtterances } from './test-data/labelled-utterances';

describe('the analysis of an utterance', () => {
  it('says intent, entities, sentiment and topics at once', () => {
    expect(
      analyseText(
        'Maria will send the five thousand dollar offer to Acme by Friday',
        exampleContext(),
      ),
    ).toMatchObject({
      intent: 'task',
      entities: [
        { type: 'person', text: 'Maria', start: 0, end: 5, value: 'Maria Lopez' },
        { type: 'money', text: 'five thousand dollar', value: '5000 USD' },
        { type: 'organization', text: 'Acme' },
        { type: 'date', text: 'Friday', value: '2026-11-27' },
      ],
      sentiment: { label: 'neutral' },
      engine: 'parley-learnt-2',
      degraded: false,
    });
  });

  it('is valid, quotes the text exactly and overlaps no entity with one of its type, for every labelled utterance', () => {
    for (const { text } of [...labelledUtterances('tuning'), ...labelledUtterances('held-out')]) {
      const analysis = analyseText(text, exampleContext());
      expect(validateSync(plainToInstance(Analysis, analysis))).toEqual([]);
      for (const entity of analysis.entities) {
        expect(text.slice(entity.start, entity.end)).toBe(entity.text);
      }
      expect(overlapping(analysis.entities)).toEqual([]);
    }
  });

  it('keeps offsets right around emoji, curly quotes and line breaks', () => {
    const text = '👍 “Tom’s” plan\nis due — tomorrow at half past nine, for $20k';
    const { entities } = analyseText(text, exampleContext());
    expect(entities.map((entity) => text.slice(entity.start, entity.end))).toEqual([
      'Tom',
      'tomorrow at half past nine',
      '$20k',
    ]);
  });

  it('takes a "in two weeks" for a date only', () => {
    const { entities } = analyseText('in two weeks', exampleContext());
    expect(entities.map(({ type }) => type)).toEqual(['date']);
  });

  it.each(['', ' ', '?!', '…', '🎉', '\u0000'])('copes with %j', (text) => {
    expect(analyseText(text, exampleContext())).toMatchObject({ entities: [], topics: [] });
  });

  it('takes ten thousand characters and not one more', () => {
    const text = 'so and '.repeat(2_000).slice(0, MAX_TEXT_LENGTH);
    expect(analyseText(text, exampleContext())).toHaveProperty('intent');
    expect(() => analyseText(`${text}!`, exampleContext())).toThrow(RangeError);
  });
});

function overlapping(entities: Entity[]): string[] {
  return entities.flatMap((one, index) =>
    entities
      .slice(index + 1)
      .filter((other) => other.type === one.type && other.start < one.end && one.start < other.end)
      .map((other) => `${one.text} / ${other.text}`),
  );
}
