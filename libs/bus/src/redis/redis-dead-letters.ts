import type { Topic } from '@parley/contracts';
import { Script } from '@parley/redis';
import type Redis from 'ioredis';
import { diedAt, type DeadLetter, type DeadLetters } from '../delivery/dead-letter';
import { deadStreamOf, streamOf } from './stream-keys';

/**
 * Puts a dead letter back into its stream, for its group only, and takes it away from the dead, at once.
 * KEYS: dead stream, stream. ARGV: id. Returns 1, or 0 when it is not there.
 */
const replayScript = new Script(`
local entry = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
if not entry then return 0 end
local letter = {}
for i = 1, #entry[2], 2 do letter[entry[2][i]] = entry[2][i + 1] end
local fields = { 'event', letter['event'], 'only', letter['group'] }
if letter['type'] ~= '' then
  fields[5] = 'type'
  fields[6] = letter['type']
end
redis.call('XADD', KEYS[2], '*', unpack(fields))
return redis.call('XDEL', KEYS[1], ARGV[1])
`);

/** Dead letters in a stream beside the one that they came from. */
export class RedisDeadLetters implements DeadLetters {
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  async list(
    topic: Topic,
    { limit = 100, upTo = '+' }: { limit?: number; upTo?: string } = {},
  ): Promise<DeadLetter[]> {
    const found = await this.redis.xrevrange(this.dead(topic), upTo, '-', 'COUNT', limit);
    return found.map(([id, fields]) => letterOf(topic, id, fields));
  }

  async find(topic: Topic, id: string): Promise<DeadLetter | null> {
    const [entry] = await this.redis.xrange(this.dead(topic), id, id);
    return entry ? letterOf(topic, ...entry) : null;
  }

  async replay(topic: Topic, id: string): Promise<boolean> {
    const keys = [this.dead(topic), streamOf(this.prefix, topic)];
    return (await replayScript.run(this.redis, keys, [id])) === 1;
  }

  async discard(topic: Topic, id: string): Promise<boolean> {
    return (await this.redis.xdel(this.dead(topic), id)) === 1;
  }

  private dead(topic: Topic): string {
    return deadStreamOf(streamOf(this.prefix, topic));
  }
}

function letterOf(topic: Topic, id: string, fields: readonly string[]): DeadLetter {
  const named = new Map<string, string>();
  for (let at = 0; at < fields.length; at += 2) named.set(fields[at] ?? '', fields[at + 1] ?? '');
  return {
    id,
    topic,
    group: named.get('group') ?? '',
    reason: named.get('reason') ?? '',
    deliveries: Number(named.get('deliveries')),
    diedAt: diedAt(id),
    event: named.get('event') ?? '',
  };
}
