import { urlBelow } from './url-below';

describe('the address of a route', () => {
  it.each([
    ['http://localhost:8001', 'http://localhost:8001/v1/meetings'],
    ['http://localhost:8001/', 'http://localhost:8001/v1/meetings'],
    ['https://parley.example/api/ingestion', 'https://parley.example/api/ingestion/v1/meetings'],
  ])('is below %s, whatever path that has', (base, route) => {
    expect(urlBelow(base, 'v1/meetings').href).toBe(route);
  });
});
