import { Script } from './script';

/**
 * Stores an entry and counts its samples as held. An abandoned meeting's audio goes by itself.
 * KEYS: stream, held bytes by channel. ARGV: keep ms, channel, bytes, fields and values …
 * Returns the entry's id.
 */
export const appendScript = new Script(`
local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, 4))
redis.call('HINCRBY', KEYS[2], ARGV[2], ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
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
