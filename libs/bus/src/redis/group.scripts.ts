import { Script } from '@parley/redis';

/**
 * Takes over messages that their consumer left lying, with their delivery counts.
 * KEYS: stream. ARGV: group, consumer, minIdleMs, cursor, count.
 * Returns { next cursor, { { id, fields, deliveries } … }, entries that no longer exist }.
 */
export const claimScript = new Script(`
local found = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4], 'COUNT', ARGV[5])
local messages = {}
for i, entry in ipairs(found[2]) do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], entry[1], entry[1], 1)
  messages[i] = { entry[1], entry[2], pending[1][4] }
end
return { found[1], messages, #found[3] }
`);

/**
 * Counts one more delivery of a message, unless another consumer has taken it over.
 * KEYS: stream. ARGV: group, consumer, id. Returns the new count, 0 when it is no longer ours.
 */
export const redeliverScript = new Script(`
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)
if #pending == 0 or pending[1][2] ~= ARGV[2] then return 0 end
if #redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3]) == 0 then return 0 end
return pending[1][4] + 1
`);

/**
 * Takes back the delivery that was counted last: nothing was tried.
 * KEYS: stream. ARGV: group, consumer, id.
 */
export const uncountScript = new Script(`
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)
if #pending == 0 or pending[1][2] ~= ARGV[2] then return 0 end
local count = math.max(0, pending[1][4] - 1)
redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'RETRYCOUNT', count, 'JUSTID')
return 1
`);

/**
 * Says how long ours have been idle: 0 while they are worked on, long when another should take them.
 * KEYS: stream. ARGV: group, consumer, idleMs, ids …
 */
export const idleScript = new Script(`
for i = 4, #ARGV do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)
  if #pending > 0 and pending[1][2] == ARGV[2] then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'IDLE', ARGV[3], 'JUSTID')
  end
end
return 1
`);

/**
 * Moves a message to the dead letters, once, whoever else tries too.
 * KEYS: stream, dead stream. ARGV: group, id, most dead letters kept, fields and values …
 */
export const buryScript = new Script(`
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', unpack(ARGV, 4))
return 1
`);

/**
 * Removes a consumer that leaves nothing behind; deleting one with messages would lose them.
 * KEYS: stream. ARGV: group, consumer.
 */
export const leaveScript = new Script(`
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end
redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
return 1
`);

/**
 * How far a group is with a stream.
 * KEYS: stream, dead stream. ARGV: group.
 * Returns { lag, pending, age of the oldest of both in ms, dead letters }, nil when there is no such group.
 */
export const stateScript = new Script(`
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = {}
  for i = 1, #flat, 2 do group[flat[i]] = flat[i + 1] end
  if group['name'] == ARGV[1] then
    local after = '(' .. group['last-delivered-id']
    -- Redis cannot always tell the lag, after a trim for one.
    local lag = group['lag'] or #redis.call('XRANGE', KEYS[1], after, '+', 'COUNT', 10000)
    local oldest = redis.call('XRANGE', KEYS[1], after, '+', 'COUNT', 1)[1]
    local id = group['pending'] > 0 and redis.call('XPENDING', KEYS[1], ARGV[1])[2]
    id = id or (oldest and oldest[1])
    local age = id and math.max(0, now - tonumber(string.match(id, '%d+'))) or 0
    return { lag, group['pending'], age, redis.call('XLEN', KEYS[2]) }
  end
end
return nil
`);

/**
 * Trims what every group has read and acknowledged and what is old enough, and forgets consumers that
 * vanished with nothing in hand.
 * KEYS: stream. ARGV: keep ms, keep ms while there is no group, forget consumers idle for ms.
 * Returns how many entries went.
 */
export const tidyScript = new Script(`
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local function named(flat)
  local map = {}
  for i = 1, #flat, 2 do map[flat[i]] = flat[i + 1] end
  return map
end
local function split(id)
  local ms, seq = string.match(id, '(%d+)-(%d+)')
  return tonumber(ms), tonumber(seq)
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
local minMs, minSeq = now - ARGV[#groups > 0 and 1 or 2], 0
for _, flat in ipairs(groups) do
  local group = named(flat)
  local ms, seq
  if group['pending'] > 0 then
    ms, seq = split(redis.call('XPENDING', KEYS[1], group['name'])[2])
  else
    ms, seq = split(group['last-delivered-id'])
    seq = seq + 1
  end
  if ms < minMs or (ms == minMs and seq < minSeq) then minMs, minSeq = ms, seq end
  for _, info in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], group['name'])) do
    local consumer = named(info)
    if consumer['pending'] == 0 and consumer['idle'] > tonumber(ARGV[3]) then
      redis.call('XGROUP', 'DELCONSUMER', KEYS[1], group['name'], consumer['name'])
    end
  end
end
return redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f-%.0f', math.max(minMs, 0), minSeq))
`);
