import { meetingsOf } from './meetings-of';

const SEGMENT_OF = '0190c2f4-7c1e-7000-8000-00000000000a';

describe('the meetings that an answer belongs to', () => {
  it.each<[string, { path: string; body: unknown }, string | null, string[]]>([
    ['the path', { path: '/v1/meetings/m1/ask', body: {} }, '{}', ['m1']],
    ['the request', { path: '/v1/ask', body: { meetingId: 'm1' } }, null, ['m1']],
    ['its own id', { path: '/v1/meetings', body: {} }, '{"id":"m1","title":"t"}', ['m1']],
    [
      'anything in it',
      { path: '/v1/search', body: {} },
      '{"hits":[{"meetingId":"m1"},{"meetingId":null},{"meetingId":"m2"}]}',
      ['m1', 'm2'],
    ],
    [
      "a segment's id",
      { path: '/v1/x', body: {} },
      `{"citations":[{"type":"segment","id":"${SEGMENT_OF}:main:4"}]}`,
      [SEGMENT_OF],
    ],
    ['none', { path: '/v1/connections', body: { name: 'x' } }, '{"id":"c1"}', []],
  ])('are found by %s', (_what, request, answer, meetings) => {
    expect(meetingsOf(request, answer)).toEqual(meetings);
  });

  it('are not followed when they are too many', () => {
    const hits = Array.from({ length: 101 }, (_, n) => ({ meetingId: `m${n}` }));
    expect(meetingsOf({ path: '/v1/search', body: {} }, JSON.stringify({ hits }))).toBeNull();
  });
});
