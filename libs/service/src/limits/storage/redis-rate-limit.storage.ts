import type { ThrottlerStorage } from '@nestjs/throttler';
import { Script } from '@parley/redis';
import type Redis from 'ioredis';
import { counted, refused, type HitRecord } from './sliding-window';

/**
 * The sliding window of `sliding-window.ts`, by Redis' own clock, which all replicas share.
 * KEYS: count. ARGV: window ms, limit.
 * Returns { 1 when refused, hits used, ms until the window ends or the next hit would be counted }.
 */
const hitScript = new Script(`
local length, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local start, hits, before = now, 0, 0
local known = redis.call('GET', KEYS[1])
if known then
  local s, h, b = string.match(known, '(%d+):(%d+):(%d+)')
  start, hits, before = tonumber(s), tonumber(h), tonumber(b)
  local elapsed = now - start
  if elapsed >= 2 * length or elapsed < 0 then
    start, hits, before = now, 0, 0
  elseif elapsed >= length then
    start, hits, before = start + length, 0, hits
  end
end
local passed = now - start
local used = hits + math.floor(before * (length - 1 - passed) / length)
if used >= limit then
  if hits < limit then
    return { 1, used, math.max(0, math.floor(length - length * (limit - hits) / before)) - passed }
  end
  return { 1, used, length - passed + math.max(0, math.floor(length - length * limit / hits)) }
end
local value = string.format('%.0f:%.0f:%.0f', start, hits + 1, before)
redis.call('SET', KEYS[1], value, 'PX', 2 * length)
return { 0, used + 1, length - passed }
`);

/** Counts in Redis, for all replicas of a service together: one script, one round trip. */
export class RedisRateLimitStorage implements ThrottlerStorage {
  /** @param prefix e.g. `parley:limit:agent`; keys follow it after a colon. */
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  /** @param ttl length of the window, in milliseconds. */
  async increment(key: string, ttl: number, limit: number): Promise<HitRecord> {
    const reply = await hitScript.run(this.redis, [`${this.prefix}:${key}`], [ttl, limit]);
    const [isRefused, used, ms] = reply as [number, number, number];
    return isRefused === 1 ? refused(used, ms) : counted(used, ms);
  }
}
