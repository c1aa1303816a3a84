import { Script } from '@parley/redis';

/**
 * Stores an entry, counts its samples as held, and notes how far its channel reaches: entries may overlap.
 * An abandoned meeting's audio goes by itself.
 * KEYS: stream, held bytes by channel, end by channel. ARGV: keep ms, channel, bytes, end ms, fields and values …
 * Returns the entry's id.
 */
export const appendScript = new Script(`
local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, 5))
redis.call('HINCRBY', KEYS[2], ARGV[2], ARGV[3])
if tonumber(ARGV[4]) > tonumber(redis.call('HGET', KEYS[3], ARGV[2]) or -1) then
  redis.call('HSET', KEYS[3], ARGV[2], ARGV[4])
end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[1]) end
return id
`);

/**
 * Forgets entries and counts their samples off.
 * KEYS: stream, held bytes by channel. ARGV: last id to go, first id to stay.
 */
export const trimScript = new Script(`
local from, held = '-', {}
repeat
  local entries = redis.call('XRANGE', KEYS[1], from, ARGV[1], 'COUNT', 64)
  for _, entry in ipairs(entries) do
    local channel, bytes = '', 0
    for i = 1, #entry[2], 2 do
      if entry[2][i] == 'channel' then channel = entry[2][i + 1] end
      if entry[2][i] == 'pcm' then bytes = #entry[2][i + 1] end
    end
    held[channel] = (held[channel] or 0) + bytes
    from = '(' .. entry[1]
  end
until #entries < 64
for channel, bytes in pairs(held) do redis.call('HINCRBY', KEYS[2], channel, -bytes) end
return redis.call('XTRIM', KEYS[1], 'MINID', ARGV[2])
`);
