import type Redis from 'ioredis';

/**
 * Resolves once the connection can be used.
 * @throws an Error with the last reason when it still cannot after `waitMs`, or at once when it was closed.
 */
export async function whenReady(redis: Redis, waitMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    let reason = 'no answer';
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      redis.off('ready', onReady).off('error', onError).off('end', onEnd);
      done();
    };
    const onReady = (): void => {
      settle(resolve);
    };
    const onError = (error: Error): void => {
      reason = error.message;
    };
    const onEnd = (): void => {
      settle(() => {
        reject(new Error('the Redis connection was closed'));
      });
    };
    const timer = setTimeout(() => {
      settle(() => {
        reject(new Error(`Redis cannot be reached: ${reason}`));
      });
    }, waitMs);
    redis.on('ready', onReady).on('error', onError).on('end', onEnd);
    if (redis.status === 'end') onEnd();
  });
}
