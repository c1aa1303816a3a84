import type Redis from 'ioredis';

const PREFIX = 'parley:';

export interface GroupOfStream {
  stream: string;
  group: string;
  pending: number;
  lag: number;
}

export interface Letter {
  stream: string;
  group: string;
  reason: string;
  /** What was published, as text. */
  event: string;
}

/** How far every group is with every stream. */
export async function readGroups(redis: Redis): Promise<GroupOfStream[]> {
  const found: GroupOfStream[] = [];
  for (const stream of await streams(redis)) {
    for (const flat of (await redis.xinfo('GROUPS', stream)) as (string | number)[][]) {
      const group = paired(flat);
      const after = `(${String(group.get('last-delivered-id'))}`;
      // Redis cannot always tell the lag.
      const unread = group.get('lag') ?? (await redis.xrange(stream, after, '+')).length;
      found.push({
        stream,
        group: String(group.get('name')),
        pending: Number(group.get('pending')),
        lag: Number(unread),
      });
    }
  }
  return found;
}

export async function readLetters(redis: Redis): Promise<Letter[]> {
  const keys = (await redis.keys(`${PREFIX}*:dead`)).sort();
  const letters = await Promise.all(
    keys.map(async (stream) =>
      (await redis.xrange(stream, '-', '+')).map(([, fields]) => {
        const letter = paired(fields);
        const text = (name: string): string => letter.get(name)?.toString() ?? '';
        return { stream, group: text('group'), reason: text('reason'), event: text('event') };
      }),
    ),
  );
  return letters.flat();
}

async function streams(redis: Redis): Promise<string[]> {
  const keys = (await redis.keys(`${PREFIX}*`)).sort();
  const kinds = await Promise.all(keys.map((key) => redis.type(key)));
  return keys.filter((_, at) => kinds[at] === 'stream').filter((key) => !key.endsWith(':dead'));
}

function paired(flat: readonly (string | number)[]): Map<string, string | number | undefined> {
  const map = new Map<string, string | number | undefined>();
  for (let at = 0; at + 1 < flat.length; at += 2) map.set(String(flat[at]), flat[at + 1]);
  return map;
}
