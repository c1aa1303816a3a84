import { createParleyClient, type ParleyClientOptions } from './create-parley-client';
import { ParleyProblem } from './problems/parley-problem';
import { unwrap } from './problems/unwrap';

const FRESH = /^[0-9a-f]{32}$/;
const problem = {
  type: 'https://parley.dev/problems/meeting-not-found',
  title: 'No such meeting',
  status: 404,
  detail: 'There is no meeting with this id.',
  requestId: 'r-1',
};

/** A client whose requests end here; `answers` are given in turn, the last one again and again. */
function clientOf(answers: (() => Response)[], options: ParleyClientOptions = {}) {
  const requests: Request[] = [];
  const parley = createParleyClient({
    ...options,
    fetch: (request) => {
      requests.push(request);
      const answer = answers[Math.min(requests.length, answers.length) - 1];
      return Promise.resolve((answer ?? (() => Response.error()))());
    },
  });
  return { parley, requests };
}
const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers });

// Fake: the network. Nothing listens.
describe('the client', () => {
  it('fills the path and the query, and sends the key and headers of its owner', async () => {
    const { parley, requests } = clientOf([json({ items: [], nextCursor: null })], {
      baseUrls: { asr: 'https://asr.example' },
      apiKey: 'k-1',
      headers: { 'x-request-id': 'mine' },
    });
    const params = { path: { id: 'a/b' }, query: { limit: 2 } };
    await unwrap(parley.asr.GET('/v1/meetings/{id}/transcript', { params }));
    expect(requests[0]?.url).toBe('https://asr.example/v1/meetings/a%2Fb/transcript?limit=2');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer k-1');
    expect(requests[0]?.headers.get('x-request-id')).toBe('mine');
  });

  it('throws the problem that a service answers with, to be told apart by its code', async () => {
    const { parley } = clientOf([json(problem, 404, { 'retry-after': '7' })]);
    const call = unwrap(
      parley.ingestion.GET('/v1/meetings/{id}', { params: { path: { id: 'x' } } }),
    );
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParleyProblem);
    expect(error).toMatchObject({
      status: 404,
      code: 'meeting-not-found',
      requestId: 'r-1',
      retryAfterSeconds: 7,
      isTemporary: false,
      message: 'No such meeting There is no meeting with this id.',
    });
  });

  it('throws a problem without a code when something else answers', async () => {
    const page = (): Response => new Response('<h1>Bad gateway</h1>', { status: 502 });
    const { parley } = clientOf([page]);
    const call = unwrap(parley.agent.GET('/v1/suggestions'));
    await expect(call).rejects.toMatchObject({ status: 502, code: undefined, isTemporary: true });
  });

  it('gives every write a key of its own, and leaves one that the caller chose', async () => {
    const { parley, requests } = clientOf([json({}, 201)]);
    const body = { title: 'Planning' };
    await parley.ingestion.POST('/v1/meetings', { body });
    await parley.ingestion.POST('/v1/meetings', { body });
    await parley.ingestion.POST('/v1/meetings', {
      body,
      params: { header: { 'Idempotency-Key': 'mine' } },
    });
    const keys = requests.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toMatch(FRESH);
    expect(keys[1]).toMatch(FRESH);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe('mine');
  });

  it('gives none to questions, and none at all when told so', async () => {
    const asking = clientOf([json({ items: [], nextCursor: null, degraded: false })]);
    await asking.parley.rag.POST('/v1/search', { body: { query: 'refunds' } });
    await asking.parley.ingestion.GET('/v1/meetings');
    const plain = clientOf([json({}, 201)], { idempotencyKeys: false });
    await plain.parley.ingestion.POST('/v1/meetings', { body: { title: 'Planning' } });
    const requests = [...asking.requests, ...plain.requests];
    expect(requests.map(({ headers }) => headers.has('idempotency-key'))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('sends a recording as a form, with what becomes of it', async () => {
    const { parley, requests } = clientOf([json({ id: 'r' }, 202)]);
    await parley.uploadRecording('m', new Blob(['OggS']), 'talk.ogg', { endMeeting: true });
    expect(requests[0]?.url).toMatch(/\/v1\/meetings\/m\/recordings$/);
    const form = await requests[0]?.text();
    expect(form).toMatch(/name="endMeeting"\r\n\r\ntrue\r\n/);
    expect(form).toMatch(/name="file"; filename="talk.ogg"[^O]*OggS/);
  });

  it('sends a document as a form', async () => {
    const { parley, requests } = clientOf([json({ id: 'd' }, 201)]);
    await parley.uploadDocument(new Blob(['# Refunds']), 'refunds.md', { title: 'Refunds' });
    expect(requests[0]?.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
    const form = await requests[0]?.text();
    expect(form).toMatch(/name="title"\r\n\r\nRefunds\r\n/);
    expect(form).toMatch(/name="file"; filename="refunds.md"[^#]*# Refunds/);
  });
});
