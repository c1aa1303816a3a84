import { timeOfId, TOPICS, type EventType } from '@parley/contracts';
import { Script } from '@parley/redis';
import type Redis from 'ioredis';
import type { Forgetting, Forgotten } from '../event-bus';
import { deadStreamOf, streamOf } from './stream-keys';

/** Entries that one script looks at: Redis serves nobody else meanwhile. */
const PORTION = 500;
/** Clocks differ: events of a meeting may seem to be older than its id. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * Takes a meeting's entries away, also from the groups that have them in hand, but for those that say that it is
 * erased, and for the audit log's, which hold nothing that anybody said.
 * KEYS: stream. ARGV: first id to look at, meeting id, how many to look at, `|type|type|` of what goes or '' for all,
 * the same of what goes once every group has acknowledged it.
 * Returns { where to go on, or '' at the end, how many went, how many wait for a group }.
 */
const forgetScript = new Script(`
-- Other meetings may mention it: only the envelope's own meeting counts.
local function isOf(json)
  if string.find(json, ARGV[2], 1, true) == nil then return false end
  local parsed, event = pcall(cjson.decode, json)
  -- What cannot be read died for that, and nobody can tell whose it is.
  return not parsed or type(event) ~= 'table' or event['meetingId'] == ARGV[2]
end
-- What each group has read, up to which entry; fetched when first asked for.
local groups
local function ahead(a, b)
  local ams, aseq = string.match(a, '(%d+)-(%d+)')
  local bms, bseq = string.match(b, '(%d+)-(%d+)')
  if ams ~= bms then return tonumber(ams) > tonumber(bms) end
  return tonumber(aseq) > tonumber(bseq)
end
local function isRead(id)
  if groups == nil then
    groups = {}
    for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
      local about = {}
      for i = 1, #flat, 2 do about[flat[i]] = flat[i + 1] end
      local pending = redis.call('XPENDING', KEYS[1], about['name'])
      groups[#groups + 1] = { read = about['last-delivered-id'], open = pending[2] }
    end
  end
  for _, group in ipairs(groups) do
    if ahead(id, group.read) or (group.open and not ahead(group.open, id)) then return false end
  end
  return true
end
local function has(list, type) return string.find(list, '|' .. type .. '|', 1, true) ~= nil end
local entries = redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', ARGV[3])
local went, waiting = {}, 0
for _, entry in ipairs(entries) do
  local own, stays, waits = false, false, false
  for i = 1, #entry[2], 2 do
    local name, value = entry[2][i], entry[2][i + 1]
    if name == 'event' then own = isOf(value) end
    if name == 'type' then
      stays = value == 'meeting.erased' or value == 'meeting.forgotten' or value == 'audit.recorded'
      if not stays and ARGV[4] ~= '' and not has(ARGV[4], value) then
        waits = has(ARGV[5], value) and not isRead(entry[1])
        stays = waits or not has(ARGV[5], value)
      end
    end
  end
  if own and not stays then went[#went + 1] = entry[1] end
  if own and waits then waiting = waiting + 1 end
end
if #went > 0 then
  for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    for i = 1, #flat, 2 do
      if flat[i] == 'name' then redis.call('XACK', KEYS[1], flat[i + 1], unpack(went)) end
    end
  end
  redis.call('XDEL', KEYS[1], unpack(went))
end
local last = #entries > 0 and #entries == tonumber(ARGV[3]) and entries[#entries][1]
return { last and '(' .. last or '', #went, waiting }
`);

/** Removes a meeting's messages and dead letters, of `types` or of all, from every topic. */
export async function forgetMeeting(
  redis: Redis,
  prefix: string,
  meetingId: string,
  which?: Forgetting,
): Promise<Forgotten> {
  // An id tells when it was made: nothing of its meeting is older.
  const madeAt = timeOfId(meetingId)?.getTime() ?? 0;
  const from = `${Math.max(0, madeAt - CLOCK_SKEW_MS)}-0`;
  const all: Forgotten = { went: 0, waiting: 0 };
  for (const topic of TOPICS) {
    const stream = streamOf(prefix, topic);
    for (const one of [stream, deadStreamOf(stream)]) {
      const { went, waiting } = await forgetIn(redis, one, from, meetingId, which);
      all.went += went;
      all.waiting += waiting;
    }
  }
  return all;
}

async function forgetIn(
  redis: Redis,
  stream: string,
  from: string,
  meetingId: string,
  { types, onceRead }: Forgetting = { types: [], onceRead: [] },
): Promise<Forgotten> {
  const all: Forgotten = { went: 0, waiting: 0 };
  for (let next = from; next !== '';) {
    const found = await forgetScript.run(
      redis,
      [stream],
      [next, meetingId, PORTION, listed(types), listed(onceRead)],
    );
    const [after, went, waiting] = found as [string, number, number];
    next = after;
    all.went += went;
    all.waiting += waiting;
  }
  return all;
}

function listed(types: readonly EventType[]): string {
  return types.length === 0 ? '' : `|${types.join('|')}|`;
}
