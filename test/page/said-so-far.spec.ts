import type { Segment } from '@parley/client';
import { saidSoFar } from '../../apps/ui/src/meeting/said-so-far';

const line = (over: Partial<Segment>): Segment =>
  ({ text: 'We ship on Friday', final: false, ...over }) as Segment;

it('a line that is being said is confirmed as far as it says', () => {
  expect(saidSoFar(line({ stableLength: 7 }))).toEqual({
    confirmed: 'We ship',
    provisional: ' on Friday',
  });
});

it('a line that does not say how much of it is confirmed is provisional', () => {
  expect(saidSoFar(line({}))).toEqual({ confirmed: '', provisional: 'We ship on Friday' });
});

it('a final line has nothing provisional', () => {
  expect(saidSoFar(line({ final: true }))).toEqual({
    confirmed: 'We ship on Friday',
    provisional: '',
  });
});
