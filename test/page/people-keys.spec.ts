import { peopleKeys } from '../../apps/ui/src/components/meetings/people-keys';

it('a name that comes or goes in front leaves the others theirs', () => {
  const [ana, bo] = peopleKeys(['Ana', 'Bo']);
  expect(peopleKeys(['Cy', 'Ana', 'Bo'])).toEqual([expect.any(String), ana, bo]);
  expect(peopleKeys(['Bo'])).toEqual([bo]);
});

it('people of the same name are told apart, also from one who is called as a key is', () => {
  const keys = peopleKeys(['Ana', 'Ana', 'Ana#1', 'Ana#2']);
  expect(new Set(keys).size).toBe(4);
});
