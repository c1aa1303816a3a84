import { SharedStatement } from './shared-statement';

describe('a statement that many share', () => {
  const failing = (error: Error) => {
    const batches: number[][] = [];
    const statement = new SharedStatement<number, number>((items) => {
      batches.push([...items]);
      return Promise.reject(error);
    });
    const ended = Promise.allSettled([1, 2, 3].map((item) => statement.add(item)));
    return ended.then((ends) => ({ batches, ends }));
  };

  it.each([
    Object.assign(new Error('no'), { code: 'ECONNREFUSED' }),
    new Error('timeout exceeded when trying to connect'),
    Object.assign(new Error('canceling statement'), { code: '57014' }),
    Object.assign(new Error('no such column'), { code: '42703' }),
  ])('is tried once for all of them where the database speaks of the whole: %s', async (error) => {
    const { batches, ends } = await failing(error);
    expect(batches).toEqual([[1, 2, 3]]);
    expect(ends).toEqual([1, 2, 3].map(() => ({ status: 'rejected', reason: error })));
  });

  it('is tried for fewer, down to each alone, where one row may be to blame', async () => {
    const { batches } = await failing(Object.assign(new Error('no'), { code: '22P02' }));
    expect(batches).toEqual([[1, 2, 3], [1, 2], [1], [2], [3]]);
  });
});
