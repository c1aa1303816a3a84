import { withoutNulls } from './without-nulls';

describe('a change without its nulls', () => {
  it('names what is said, at every depth, and leaves lists as long as they are', () => {
    const change = {
      title: null,
      version: 0,
      text: '',
      paused: false,
      edit: [{ id: 'a', owner: null }, null],
      settings: { secret: null, url: 'x' },
    };
    expect(withoutNulls(change)).toEqual({
      version: 0,
      text: '',
      paused: false,
      edit: [{ id: 'a' }, null],
      settings: { url: 'x' },
    });
  });
});
