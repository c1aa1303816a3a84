import { Script } from '@parley/redis';
import { CAPTION_BYTES } from '../audio-log';

/**
 * Stores an entry, counts its samples or text as held, and notes how far its channel reaches: entries may overlap.
 * An abandoned meeting's audio goes by itself.
 * KEYS: stream, held bytes by channel, end by channel, "forgotten" mark.
 * ARGV: keep ms, channel, bytes, end ms, fields and values …
 * Returns the entry's id, nil for a meeting that was forgotten.
 */
export const appendScript = new Script(`
if redis.call('EXISTS', KEYS[4]) == 1 then return nil end
local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, 5))
redis.call('HINCRBY', KEYS[2], ARGV[2], ARGV[3])
if tonumber(ARGV[4]) > tonumber(redis.call('HGET', KEYS[3], ARGV[2]) or -1) then
  redis.call('HSET', KEYS[3], ARGV[2], ARGV[4])
end
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
return id
`);

/**
 * Forgets entries and counts their samples or text off.
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
      if entry[2][i] == 'text' then bytes = #entry[2][i + 1] + ${CAPTION_BYTES} end
    end
    held[channel] = (held[channel] or 0) + bytes
    from = '(' .. entry[1]
  end
until #entries < 64
for channel, bytes in pairs(held) do redis.call('HINCRBY', KEYS[2], channel, -bytes) end
return redis.call('XTRIM', KEYS[1], 'MINID', ARGV[2])
`);

/**
 * Deletes a meeting's audio and refuses what comes after.
 * KEYS: stream, held bytes by channel, end by channel, "forgotten" mark. ARGV: how long to refuse, ms.
 * Returns how many entries went.
 */
export const forgetAudioScript = new Script(`
redis.call('SET', KEYS[4], '1', 'PX', ARGV[1])
local went = redis.call('XLEN', KEYS[1])
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
return went
`);
