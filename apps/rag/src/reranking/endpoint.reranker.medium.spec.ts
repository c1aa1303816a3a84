import { EndpointReranker, RERANK_FIELDS } from './endpoint.reranker';
import { FakeRerankEndpoint } from './rerank-endpoint.fake';
import { describeReranker } from './reranker.contract';

// Real: HTTP on loopback. Fake: the endpoint, in both forms that servers speak.
describe.each(RERANK_FIELDS)('an endpoint that calls passages `%s`', (field) => {
  const endpoint = new FakeRerankEndpoint(field);

  beforeAll(() => endpoint.start());
  afterAll(() => endpoint.stop());

  describeReranker('it', {
    reranker: () =>
      new EndpointReranker({ url: endpoint.url, model: 'fake', apiKey: 'rerank-key', field }),
    endpoint: () => endpoint,
  });
});

describe('an endpoint that is not there', () => {
  it('is unreachable', async () => {
    const endpoint = await new FakeRerankEndpoint('documents').start();
    const { url } = endpoint;
    await endpoint.stop();
    const reranker = new EndpointReranker({
      url,
      model: undefined,
      apiKey: undefined,
      field: 'documents',
    });
    await expect(reranker.scores('hotels', ['Doors.'])).rejects.toMatchObject({
      reason: 'unreachable',
    });
  });
});
