import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { findNames } from './find-names';

const MEETINGS = join(PROJECT_ROOT, 'evaluate/understanding/qmsum/val-10.jsonl');
/** Every word in these meetings that names a person, whoever that is: marked by hand, word for word with what stands around it. */
const PEOPLE = new Set(
  `Jane Nathan Adam Ron Johno Dan Joe Sarah Sammy Benjo Robert Tilman Lokendra Morgan Keith Bhaskara Rama Jerry Don Andreas John
   Chuck Jose Liz Brian Kingsbury Mari Jeff Buckley Maarika Cat Kate Ralf Kevin Murph Murphy Nancy Jen Ellis Joachim Liberman Marty
   Tom Willing Chris Bathgate Dwight Ramaro Montello Reichenbach Eva Alex Aikin Ellen Shweta David Burns Mark Johan Carroll Ami Li
   Spartacus`.split(/\s+/),
);
/** The same word, and nobody: "don't", and a shop. */
const NOBODY = /^(?:Don['’]t|John Lewis)\b/;

interface Turn {
  content: string;
}

function turns(): string[] {
  const lines = readFileSync(MEETINGS, 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const { meeting_transcripts: all } = JSON.parse(line) as { meeting_transcripts: Turn[] };
    return all.map(({ content }) => asWritten(content));
  });
}

/** Without markup, and with marks where people write them. */
function asWritten(content: string): string {
  return content
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,?!;:])/g, '$1')
    .replace(/ ('\w+)/g, '$1')
    .trim();
}

// Real: what was said in ten meetings that nobody here wrote, and who is named in it. Nobody is known to be there.
describe('names of people in real meetings', () => {
  it('are found as well as docs/privacy.md says', () => {
    const counted = { named: 0, found: 0, wrong: 0 };
    for (const text of turns()) {
      const spans = findNames(text);
      for (const { 0: word, index } of text.matchAll(/[A-Za-z]+/g)) {
        const isPerson = PEOPLE.has(word) && !NOBODY.test(text.slice(index));
        const isFound = spans.some(({ start, end }) => index < end && index + word.length > start);
        if (isPerson) counted.named += 1;
        if (isPerson && isFound) counted.found += 1;
        if (!isPerson && isFound && /^\p{Lu}/u.test(word)) counted.wrong += 1;
      }
    }
    const { named, found, wrong } = counted;
    expect(named).toBe(193);
    expect(found / named).toBeGreaterThanOrEqual(0.8);
    expect(found / (found + wrong)).toBeGreaterThanOrEqual(0.92);
  });
});
