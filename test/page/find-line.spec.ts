import type { Summary } from '@parley/client';
import { findLine } from '../../apps/ui/src/components/meeting/find-line';
import { followed, withOpened } from '../../apps/ui/src/components/meeting/opened-lines';

type Line = Summary['sections']['tasks'][number];

const line = (id: string, text: string, cites: string[] = [], editedBy?: string): Line => ({
  id,
  text,
  citations: cites.map((cited) => ({ type: 'segment', id: cited, quote: text })),
  supported: true,
  ...(editedBy ? { editedBy } : {}),
});
const first = line('tasks-1', 'Send the offer', ['s1']);
const second = line('tasks-2', 'Call Emma', ['s2']);
const before = [first, second];

it('a made line that was numbered anew is found by what it says', () => {
  const moved = line('tasks-1', 'Call Emma', ['s2']);
  expect(findLine(second, [moved], before)).toBe(moved);
});

it('a made line whose place another took is gone', () => {
  expect(findLine(first, [line('tasks-1', 'Call Emma', ['s2'])], before)).toBeNull();
});

it('a line that somebody ticked has another id and says the same', () => {
  const ticked = line('a', 'Send the offer', ['s1'], 'Bo');
  expect(findLine(first, [ticked, second], before)).toBe(ticked);
});

it('a line that somebody wrote anew is found by what it cites', () => {
  const changed = line('a', 'Send the offer by noon', ['s1'], 'Bo');
  expect(findLine(first, [changed, second], before)).toBe(changed);
});

it('a line that cites nothing is not found in another that cites nothing', () => {
  const bare = line('tasks-1', 'Send the offer');
  expect(findLine(bare, [line('a', 'Book a room', [], 'Bo')], [bare])).toBeNull();
});

it('what was another line before is not this one, though it cites the same', () => {
  const other = line('a', 'Print the offer', ['s1'], 'Bo');
  expect(findLine(first, [other, second], [first, other, second])).toBeNull();
});

it('of two that came and cite the same neither is taken for it', () => {
  const one = line('a', 'Write an offer', ['s1'], 'Bo');
  const two = line('b', 'Send it', ['s1'], 'Bo');
  expect(findLine(first, [one, two], before)).toBeNull();
});

it("a person's line is found by its id, whatever it says, and by nothing else", () => {
  const theirs = line('a', 'Send the offer', ['s1'], 'Bo');
  const changed = line('a', 'Book a room', [], 'Ana');
  expect(findLine(theirs, [first, changed], [theirs])).toBe(changed);
  expect(findLine(theirs, [first], [theirs])).toBeNull();
});

it('an opened line is followed from version to version under the same key', () => {
  const opened = withOpened(withOpened([], second), first);
  const changed = line('a', 'Send the offer by noon', ['s1'], 'Bo');
  const next = [changed, second];
  const last = [line('a', 'Offer: by noon', [], 'Bo')];
  const after = followed(followed(opened, next, before), last, next);
  expect(after.map(({ gone }) => gone)).toEqual([true, false]);
  expect(after[1]?.line).toBe(last[0]);
  expect(after.map(({ key }) => key)).toEqual(opened.map(({ key }) => key));
  expect(new Set(after.map(({ key }) => key)).size).toBe(2);
});
