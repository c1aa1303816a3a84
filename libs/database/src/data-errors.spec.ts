import { QueryFailedError } from 'typeorm';
import { isDataRefused } from './data-errors';

const failed = (code?: string): QueryFailedError =>
  new QueryFailedError('INSERT', [], Object.assign(new Error('no'), code ? { code } : {}));

describe('data that the database refuses', () => {
  it.each(['22021', '22003', '22P05', '54000'])('is told by its code: %s', (code) => {
    expect(isDataRefused(failed(code))).toBe(true);
    expect(isDataRefused(new Error('wrapped', { cause: failed(code) }))).toBe(true);
  });

  it.each([failed('23505'), failed('57P01'), failed('40P01'), failed(), 'no error at all'])(
    'is not what may pass, or stands for something else: %s',
    (error) => {
      expect(isDataRefused(error)).toBe(false);
    },
  );
});
