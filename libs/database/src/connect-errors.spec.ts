import { isPassing, reconnectDelayMs } from './connect-errors';

const failed = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('an error while connecting', () => {
  it.each([
    failed('nobody listens', 'ECONNREFUSED'),
    failed('the database system is starting up', '57P03'),
    failed('sorry, too many clients already', '53300'),
    failed('Connection terminated due to connection timeout'),
  ])('passes: $message', (error) => {
    expect(isPassing(error)).toBe(true);
  });

  it.each([
    failed('password authentication failed', '28P01'),
    failed('database "parley" does not exist', '3D000'),
    failed('syntax error in a migration', '42601'),
    failed('no code, no known words'),
  ])('does not pass: $message', (error) => {
    expect(isPassing(error)).toBe(false);
  });

  it('is waited for longer each time, up to a bound', () => {
    expect(reconnectDelayMs(0)).toBeLessThanOrEqual(200);
    expect(reconnectDelayMs(3)).toBeGreaterThanOrEqual(800);
    expect(reconnectDelayMs(30)).toBeLessThanOrEqual(5_000);
  });
});
