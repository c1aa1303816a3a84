import { reconnectDelayMs } from './reconnect-delay';

describe('the wait before a reconnect', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('doubles with each attempt', () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    expect([1, 2, 3].map(reconnectDelayMs)).toEqual([100, 200, 400]);
  });

  it('never exceeds three seconds', () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    expect(reconnectDelayMs(500)).toBe(3_000);
  });

  it('is at least half of the full wait, the rest being random', () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    expect(reconnectDelayMs(3)).toBe(200);
  });
});
