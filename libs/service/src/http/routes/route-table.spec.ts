import { parameterOf, RouteTable, type RouteRules } from './route-table';

const rules = (path: string, more: Partial<RouteRules> = {}): RouteRules => ({
  path,
  needs: 'read',
  maxBytes: 1,
  mediaTypes: [],
  timeoutMs: 1,
  streaming: false,
  ticketParameter: null,
  ...more,
});

describe('RouteTable', () => {
  const table = new RouteTable();
  table.add('GET', '/v1/notes/:id', rules('/v1/notes/:id'));
  table.add('DELETE', '/v1/notes/:id', rules('/v1/notes/:id'));
  table.add('POST', '/v1/notes/search', rules('/v1/notes/search'));
  table.add('GET', '/v1/feed', rules('/v1/feed', { streaming: true }));

  it.each([
    ['GET', '/v1/notes/1', '/v1/notes/:id'],
    ['HEAD', '/v1/notes/1/', '/v1/notes/:id'],
    ['POST', '/V1/Notes/Search', '/v1/notes/search'],
    ['GET', '/v1/notes/search', '/v1/notes/:id'],
  ])('finds %s %s as Express would', (method, path, template) => {
    expect(table.find(method, path)).toMatchObject({ kind: 'route', rules: { path: template } });
  });

  it('tells what else a path is served with, all routes together', () => {
    expect(table.find('PUT', '/v1/notes/search')).toEqual({
      kind: 'other-methods',
      allowed: ['POST', 'GET', 'HEAD', 'DELETE', 'OPTIONS'],
    });
    expect(table.find('HEAD', '/v1/feed')).toEqual({
      kind: 'other-methods',
      allowed: ['GET', 'OPTIONS'],
    });
  });

  it.each(['/', '/v1', '/v1/notes', '/v1/notes/1/2', '/v1/notes//', ''])(
    'finds nothing at %j',
    (path) => {
      expect(table.find('POST', path).kind).toBe('nothing');
    },
  );

  it('reads a parameter out of a path', () => {
    expect(parameterOf('/v1/notes/:id/parts', '/v1/notes/n1/parts', 'id')).toBe('n1');
    expect(parameterOf('/v1/notes/:id', '/v1/notes/n1', 'other')).toBeUndefined();
  });
});
