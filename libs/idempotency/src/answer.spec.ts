import { answerOf, idOnly, LARGEST_BODY_BYTES } from './answer';

describe('a stored answer', () => {
  it('is the JSON that was sent', () => {
    expect(answerOf({ id: '1', when: new Date(0) }, 201)).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"id":"1","when":"1970-01-01T00:00:00.000Z"}',
      sent: false,
    });
  });

  it('is kept whole up to 64 KiB, and beyond that as status and id', () => {
    const overhead = JSON.stringify({ id: '1', text: '' }).length;
    const fits = { id: '1', text: 'x'.repeat(LARGEST_BODY_BYTES - overhead) };
    expect(answerOf(fits, 200).body).toHaveLength(LARGEST_BODY_BYTES);
    expect(answerOf({ ...fits, more: 1 }, 200)).toMatchObject({ status: 200, body: '{"id":"1"}' });
    expect(answerOf({ items: ['ü'.repeat(LARGEST_BODY_BYTES / 2)] }, 200).body).toBe('{}');
  });

  it('has no body when there was none, or when it was a file', () => {
    expect(answerOf(undefined, 204).body).toBeNull();
    expect(answerOf({ getStream: () => null }, 200).body).toBeNull();
    expect(answerOf('x'.repeat(LARGEST_BODY_BYTES + 1), 200).body).toBeNull();
    expect(idOnly(null)).toBeNull();
  });
});
