import type Redis from 'ioredis';

const PATIENCE_MS = 2_000;

/** Lets what was sent be answered, then closes; cuts a connection that does not answer in time. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  const ended = new Promise<void>((resolve) => redis.once('end', resolve));
  const late = setTimeout(() => {
    cutRedis(redis);
  }, PATIENCE_MS);
  if (redis.status === 'ready') {
    redis.quit().catch(() => {
      cutRedis(redis);
    });
  } else {
    cutRedis(redis);
  }
  await ended;
  clearTimeout(late);
}

/** Closes at once, for good; what waits for an answer rejects. */
export function cutRedis(redis: Redis): void {
  if (redis.status === 'end') return;
  // ioredis 5.11 loses a disconnect between two attempts, with all that waits: it must end an attempt.
  if (redis.status === 'reconnecting') redis.connect().catch(() => undefined);
  redis.disconnect();
}
