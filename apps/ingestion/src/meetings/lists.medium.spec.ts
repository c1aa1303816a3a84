import { unwrap } from '@parley/client';
import type { Page } from '@parley/service';
import { RunningFeeds } from '../testing/running-feeds';

// Real: the service over HTTP and its database. The bus is the embedded one.
describe('a list of ingestion', () => {
  let feeds: RunningFeeds;
  const made: string[] = [];
  const api = () => feeds.client.ingestion;
  type Lists = '/v1/meetings' | '/v1/erasures' | '/v1/workspaces';

  beforeAll(async () => {
    feeds = await RunningFeeds.start();
    for (let count = 0; count < 3; count++) made.push(await feeds.newMeeting());
    for (const id of ['acme', 'beta']) {
      await unwrap(api().POST('/v1/workspaces', { body: { id, name: id } }));
    }
  });
  afterAll(() => feeds.stop());

  const pagesOf = async (path: Lists): Promise<string[][]> => {
    const pages: string[][] = [];
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = {
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      };
      const page: Page<{ id: string }> = await unwrap(api().GET(path, { params: { query } }));
      pages.push(page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null && pages.length < 5);
    return pages;
  };
  const newestFirst = () => made.toReversed();

  it('gives meetings page by page, the newest first', async () => {
    const [third, second, first] = newestFirst();
    expect(await pagesOf('/v1/meetings')).toEqual([[third, second], [first]]);
  });

  it('gives workspaces page by page, by id', async () => {
    expect(await pagesOf('/v1/workspaces')).toEqual([['acme', 'beta'], ['default']]);
  });

  it('gives erasures page by page, and no page after one that is just full', async () => {
    const erase = async (id: string) =>
      (await unwrap(api().DELETE('/v1/meetings/{id}', { params: { path: { id } } }))).id;
    const [first, second] = [await erase(made[0] ?? ''), await erase(made[1] ?? '')];
    expect(await pagesOf('/v1/erasures')).toEqual([[second, first]]);
    const third = await erase(made[2] ?? '');
    expect(await pagesOf('/v1/erasures')).toEqual([[third, second], [first]]);
  });

  it.each(['/v1/meetings', '/v1/erasures'] as const)(
    'of %s refuses a cursor that it never gave',
    async (path) => {
      const query = { cursor: 'mine' };
      const { response, error } = await api().GET(path, { params: { query } });
      expect(response.status).toBe(400);
      expect(error?.type).toMatch(/validation-failed$/);
    },
  );
});
