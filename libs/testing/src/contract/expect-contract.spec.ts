import { contractOf, expectContract, type WireAnswer } from './expect-contract';

const meeting = {
  id: '019ab0c0-0000-7000-8000-000000000000',
  title: 'Planning',
  platform: 'room',
  privacyMode: 'transcript',
  participants: [],
  language: 'en',
  timeZone: 'UTC',
  vocabulary: [],
  keepAudio: false,
  redactPersonalData: false,
  redactNames: false,
  status: 'live',
  startedAt: '2026-11-23T09:00:00.000Z',
  endedAt: null,
};
const problem = {
  type: 'https://parley.dev/problems/meeting-not-found',
  title: 'No such meeting',
  status: 404,
  detail: 'There is no meeting with this id.',
  instance: '/v1/meetings/x',
  requestId: 'r-1',
};

function answer(change: Partial<WireAnswer> = {}, type = 'application/json'): WireAnswer {
  return {
    method: 'GET',
    path: `/v1/meetings/${meeting.id}`,
    status: 200,
    headers: new Headers({ 'content-type': `${type}; charset=utf-8`, 'x-request-id': 'r-1' }),
    body: JSON.stringify(meeting),
    ...change,
  };
}
const refusal = (change: object = {}): WireAnswer =>
  answer(
    { status: 404, body: JSON.stringify({ ...problem, ...change }) },
    'application/problem+json',
  );

// Real: the committed documents.
describe('an answer and the committed document', () => {
  it('agree when it is as documented', () => {
    expect(() => {
      expectContract('ingestion', answer());
      expectContract('ingestion', refusal());
    }).not.toThrow();
  });

  it.each<[string, WireAnswer, string]>([
    [
      'a field that is not documented',
      answer({ body: JSON.stringify({ ...meeting, secret: 1 }) }),
      'secret',
    ],
    [
      'a nested one',
      answer({
        body: JSON.stringify({ ...meeting, participants: [{ id: 'p', name: 'Ann', age: 4 }] }),
      }),
      'age',
    ],
    [
      'a missing field',
      answer({ body: JSON.stringify({ ...meeting, title: undefined }) }),
      'title',
    ],
    [
      'a null that is not documented',
      answer({ body: JSON.stringify({ ...meeting, title: null }) }),
      'string',
    ],
    [
      'another format',
      answer({ body: JSON.stringify({ ...meeting, startedAt: 'yesterday' }) }),
      'date-time',
    ],
    ['a status that is not documented', answer({ status: 418 }), 'must not answer 418'],
    ['a route that is not documented', answer({ path: '/v1/secrets' }), 'is not documented'],
    ['a method that is not documented', answer({ method: 'PUT' }), 'is not documented'],
    ['another media type', answer({}, 'text/html'), 'is text/html'],
    [
      'a problem sent as plain JSON',
      answer({ status: 404, body: JSON.stringify(problem) }),
      'not application/problem+json',
    ],
    ['a body that is not JSON', answer({ body: '{' }), 'is not JSON'],
    [
      'no request id',
      answer({ headers: new Headers({ 'content-type': 'application/json' }) }),
      'X-Request-ID',
    ],
    [
      'a problem that this route does not have',
      refusal({ type: 'https://parley.dev/problems/document-not-found' }),
      'type',
    ],
    ['a problem with another status in its body', refusal({ status: 400 }), 'status'],
    ['a problem without the request id', refusal({ requestId: undefined }), 'requestId'],
    ['a problem that says too much', refusal({ stack: 'at …' }), 'stack'],
  ])('disagree over %s', (_, wire, word) => {
    expect(() => {
      expectContract('ingestion', wire);
    }).toThrow(word);
  });

  it('disagree over an event whose data is not that of its type', () => {
    const event = { type: 'meeting.ended', meetingId: meeting.id, at: meeting.startedAt };
    const contract = contractOf('ingestion');
    const found = (data: object): string[] =>
      contract.eventViolations('TimelineEntry', JSON.stringify({ ...event, data }));
    expect(found({ endedAt: meeting.startedAt })).toEqual([]);
    expect(found({ endedAt: meeting.startedAt, why: 'tired' })).not.toEqual([]);
    expect(found({ text: 'hello' })).not.toEqual([]);
  });
});
