import { Script } from '@parley/redis';

/**
 * Keeps a mark, also one that Redis lost.
 * KEYS: slot. ARGV: our token's prefix, mark, life ms. Returns 0 when another has the slot.
 */
export const holdScript = new Script(`
local held = redis.call('GET', KEYS[1])
if held and string.sub(held, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
`);

/**
 * Puts the answer in the mark's place and lists it with its meetings.
 * KEYS: slot, then for each meeting its list, then for each meeting its "forgotten" mark.
 * ARGV: our token's prefix, answer, ttl ms. Returns 0 when another has the slot.
 */
export const completeScript = new Script(`
local held = redis.call('GET', KEYS[1])
if held and string.sub(held, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
local meetings = (#KEYS - 1) / 2
for i = 1, meetings do
  if redis.call('EXISTS', KEYS[1 + meetings + i]) == 1 then
    redis.call('DEL', KEYS[1])
    return 1
  end
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 1, meetings do
  local list = KEYS[1 + i]
  redis.call('ZREMRANGEBYSCORE', list, '-inf', now)
  redis.call('ZADD', list, now + ARGV[3], KEYS[1])
  redis.call('PEXPIRE', list, ARGV[3])
end
return 1
`);

/** Frees a mark. KEYS: slot. ARGV: our token's prefix. Returns 0 when the mark is not ours. */
export const releaseScript = new Script(`
local held = redis.call('GET', KEYS[1])
if not held or string.sub(held, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);

/**
 * Erases a meeting's answers and refuses those still to come.
 * KEYS: the meeting's list, its "forgotten" mark. ARGV: ttl ms. Returns how many answers went.
 */
export const forgetScript = new Script(`
redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
local went = 0
for _, slot in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  went = went + redis.call('DEL', slot)
end
redis.call('DEL', KEYS[1])
return went
`);
