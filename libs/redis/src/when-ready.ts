import type Redis from 'ioredis';

/**
 * Resolves once the connection can be used.
 * @param waitMs Infinity waits for ever.
 * @throws an Error with the last reason when it still cannot after `waitMs`, at once when it was closed, and
 * the reason of `signal` when that fires.
 */
export async function whenReady(redis: Redis, waitMs: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    let reason = 'no answer';
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      redis.off('ready', onReady).off('error', onError).off('end', onEnd);
      signal?.removeEventListener('abort', onAbort);
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
    const onAbort = (): void => {
      settle(() => {
        reject(signal?.reason as Error);
      });
    };
    const late = (): void => {
      settle(() => {
        reject(new Error(`Redis cannot be reached: ${reason}`));
      });
    };
    const timer = waitMs === Infinity ? undefined : setTimeout(late, waitMs);
    signal?.addEventListener('abort', onAbort);
    redis.on('ready', onReady).on('error', onError).on('end', onEnd);
    if (redis.status === 'end') onEnd();
  });
}
