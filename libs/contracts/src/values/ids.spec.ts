import { v4 } from 'uuid';
import { newId, timeOfId } from './ids';

describe('the time of an id', () => {
  it('is that of its making, to the millisecond', () => {
    // The example of RFC 9562, appendix A.6.
    const example = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
    expect(timeOfId(example)).toEqual(new Date('2022-02-22T19:22:22.000Z'));
    const before = Date.now();
    const time = timeOfId(newId())?.getTime();
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  it.each([v4(), 'mtg_1', ''])('is unknown for %j, which no `newId` made', (id) => {
    expect(timeOfId(id)).toBeUndefined();
  });
});
