import { isModelFailed } from '@parley/ai';
import type { Reranker } from './reranker';
import type { FakeRerankEndpoint } from './rerank-endpoint.fake';

export interface RerankerSubject {
  reranker: () => Reranker;
  endpoint: () => FakeRerankEndpoint;
}

const TEXTS = ['Trains are red.', 'Hotels cost 140 euros.', 'Doors open at seven.'];

/** What every re-ranker promises of the endpoint that it asks. */
export function describeReranker(name: string, { reranker, endpoint }: RerankerSubject): void {
  const failure = async (): Promise<string> =>
    reranker()
      .scores('hotels', TEXTS)
      .then(
        () => 'none',
        (error: unknown) => (isModelFailed(error) ? error.reason : String(error)),
      );

  describe(`${name} as a re-ranker`, () => {
    it('gives each text its score, in whatever order the endpoint lists them', async () => {
      endpoint().rates((text) => (text.startsWith('Hotels') ? 4.5 : -text.length));
      const scores = await reranker().scores('hotels', TEXTS);
      expect(scores).toEqual([-15, 4.5, -20]);
    });

    it('sends the question, the texts cut where no model reads on, and the key', async () => {
      endpoint().rates(() => 0.5);
      await reranker().scores('hotels', ['x'.repeat(9_000)]);
      const { query, texts, model, authorization } = endpoint().asked();
      expect({ query, model, authorization }).toEqual({
        query: 'hotels',
        model: 'fake',
        authorization: 'Bearer rerank-key',
      });
      expect(texts).toEqual(['x'.repeat(2_000)]);
    });

    it.each([
      ['is overloaded', 503, '{}', 'refused'],
      ['answers a page', 200, '<html>', 'out-of-shape'],
      ['answers something else', 200, '{"results":[{"index":0}]}', 'out-of-shape'],
      ['leaves a text out', 200, '{"results":[{"index":0,"relevance_score":1}]}', 'out-of-shape'],
      ['answers without end', 200, ' '.repeat(2_000_000), 'out-of-shape'],
    ])('fails when the endpoint %s', async (_what, status, body, reason) => {
      endpoint().answers(status, body);
      expect(await failure()).toBe(reason);
    });

    it('does not follow the endpoint to another one', async () => {
      const asked = endpoint().requests.length;
      endpoint().answers(307, '', { location: endpoint().url });
      expect(await failure()).toBe('unreachable');
      expect(endpoint().requests).toHaveLength(asked + 1);
    });

    it('waits no longer than there is patience for', async () => {
      endpoint().hangs();
      const waiting = reranker().scores('hotels', TEXTS, { patienceMs: 50 });
      await expect(waiting).rejects.toMatchObject({ reason: 'timeout' });
    });

    it('stops when nobody waits any more, which is no failure of the model', async () => {
      endpoint().hangs();
      const left = new AbortController();
      const waiting = reranker().scores('hotels', TEXTS, { signal: left.signal });
      left.abort(new Error('the caller left'));
      await expect(waiting).rejects.toThrow('the caller left');
    });
  });
}
