import type { Entity } from '@parley/contracts';
import { exampleContext } from '../test-data/example-context';
import { parseText } from '../text/parsed-text';
import { findNames } from './names';

const namesIn = (text: string, participants = exampleContext().participants): Entity[] =>
  findNames(text, parseText(text), participants).map((name) => {
    expect(text.slice(name.start, name.end)).toBe(name.text);
    return name;
  });
const brief = (names: Entity[]): string[] => names.map(({ type, text }) => `${type} ${text}`);

describe('names', () => {
  it('of participants are known in any spelling of case, and stand for the whole name', () => {
    expect(namesIn('maria and Mr Baker agreed')).toMatchObject([
      { type: 'person', text: 'maria', value: 'Maria Lopez' },
      { type: 'person', text: 'Baker', value: 'Tom Baker' },
    ]);
  });

  it('that two participants share are a person, but not which', () => {
    const [anna] = namesIn('Anna will do it', [{ name: 'Anna Berg' }, { name: 'Anna Cole' }]);
    expect(anna).toMatchObject({ type: 'person', text: 'Anna' });
    expect(anna).not.toHaveProperty('value');
  });

  it('of somebody else are not taken for a participant’s, though they share a part', () => {
    expect(namesIn('we met David Baker and Mr Baker')).toMatchObject([
      { type: 'person', text: 'David Baker' },
      { type: 'person', text: 'Baker', value: 'Tom Baker' },
    ]);
  });

  it('that are everyday words too count only where they are written as names', () => {
    expect(brief(namesIn('I think Will will do it'))).toEqual(['person Will']);
    expect(brief(namesIn('will you do it'))).toEqual([]);
    expect(brief(namesIn('Will can do it'))).toEqual(['person Will']);
  });

  it('of other people, organisations and places are found by the tagger', () => {
    expect(brief(namesIn('we met Sarah Connor from Google in New York'))).toEqual([
      'person Sarah Connor',
      'organization Google',
      'place New York',
    ]);
  });

  it('with a legal form are organisations, and so is the company of a participant’s address', () => {
    expect(brief(namesIn('Nord Labs GmbH writes to acme'))).toEqual([
      'organization Nord Labs GmbH',
      'organization acme',
    ]);
  });

  it('are not made of abbreviations', () => {
    expect(brief(namesIn('the API sends a PDF to the CEO'))).toEqual([]);
  });
});
