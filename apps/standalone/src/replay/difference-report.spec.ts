import { terminalStyle } from '../terminal/style';
import type { Difference } from './compare-results';
import { differenceReport } from './difference-report';
import type { ReplayResult } from './replay-result';

const result: ReplayResult = {
  title: 'Review',
  startedAt: '2026-11-23T09:00:00.000Z',
  timeZone: 'UTC',
  lines: [{ channel: 'main', speaker: null, startMs: 0, endMs: 900, text: 'Yes.', insight: null }],
  suggestions: [],
  summary: [],
  coverage: { total: 1_000 },
};
const plain = terminalStyle(false);

const difference = (over: Partial<Difference>): Difference => ({
  part: 'transcript',
  what: 'changed',
  where: '00:00 (main)',
  text: '[-No.-]{+Yes.+}',
  details: [],
  ...over,
});

describe('the report on a replay', () => {
  it('says of each part how much there is and what is different', () => {
    const differences = [
      difference({ details: ['speaker: Laura → nobody'] }),
      difference({ part: 'suggestions', what: 'missing', where: 'task', text: 'Send it' }),
      difference({ part: 'suggestions', what: 'new', where: 'fact', text: 'It is blue.' }),
    ];
    expect(differenceReport(result, differences, plain)).toEqual([
      '  transcript   1 changed (1 lines)',
      '    ~ 00:00 (main)   [-No.-]{+Yes.+}',
      '        speaker: Laura → nobody',
      '  insights     the same (0)',
      '  suggestions  1 missing, 1 new (0, with their citations)',
      '    - task           Send it',
      '    + fact           It is blue.',
      '  summary      the same (0 lines)',
      '  coverage     the same (1.0 s of audio)',
    ]);
  });

  it('calls nothing the same when there was nothing to compare with', () => {
    expect(differenceReport(result, null, plain).join('\n')).not.toContain('the same');
  });

  it('does not let what was said speak to the terminal', () => {
    const lines = differenceReport(result, [difference({ text: 'red \u001b[31m' })], plain);
    expect(lines.join('')).not.toContain('\u001b');
  });
});
