import { databaseAwayReason, reconnectDelayMs } from './connect-errors';

const failed = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('an error while connecting', () => {
  it.each([
    [failed('nobody listens', 'ECONNREFUSED'), 'unreachable'],
    [failed('the database system is starting up', '57P03'), 'starting up'],
    [failed('terminating connection due to administrator command', '57P01'), 'shutting down'],
    [failed('sorry, too many clients already', '53300'), 'too many connections'],
    [failed('Connection terminated due to connection timeout'), 'unreachable'],
    [failed('timeout exceeded when trying to connect'), 'no answer in time'],
    [failed('password authentication failed for user "x"', '28P01'), 'authentication failed'],
    [failed('database "parley" does not exist', '3D000'), 'the database does not exist'],
    [failed('getaddrinfo ENOTFOUND db.internal', 'ENOTFOUND'), 'its host name is not known'],
  ])('is worth waiting for, and has a name: %s', (error, reason) => {
    expect(databaseAwayReason(error)).toBe(reason);
  });

  it.each([
    failed('syntax error in a migration', '42601'),
    failed('extension "vector" is not available', '0A000'),
    failed('no code, no known words'),
    'no error at all',
  ])('is nothing that waiting could mend: %s', (error) => {
    expect(databaseAwayReason(error)).toBeNull();
  });

  it('is waited for longer each time, up to three seconds', () => {
    expect(reconnectDelayMs(0)).toBeLessThanOrEqual(200);
    expect(reconnectDelayMs(3)).toBeGreaterThanOrEqual(800);
    expect(reconnectDelayMs(30)).toBeLessThanOrEqual(3_000);
  });
});
