import { docstringsOf } from './docstrings';

class Lamp {
  /** Lumen, at most 800. */
  brightness: number;
  colour = 'warm';

  /**
   * Switches it on,
   * for everybody.
   * @throws when there is no power.
   */
  async on(_by: string): Promise<void> {
    // Nothing to do in a test.
  }
}

describe('the docstrings of a class', () => {
  it('are those of its members, by name', () => {
    expect([...docstringsOf(Lamp)]).toEqual([
      ['brightness', 'Lumen, at most 800.'],
      ['on', 'Switches it on,\nfor everybody.'],
    ]);
  });

  it('are none where there are no comments', () => {
    expect(docstringsOf(class {}).size).toBe(0);
  });
});
