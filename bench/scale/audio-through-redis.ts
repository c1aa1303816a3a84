import { randomUUID } from 'node:crypto';
import { startRedisServer } from '@parley/testing';
import type { Say } from '../measure';
import { orderProgram } from '../order-program';
import { FRAME_MS, type AudioOrder, type AudioRead, type AudioWritten } from './audio-order';
import { redisUse } from './redis-use';

/** So many meetings' audio in real time through one Redis, without services. */
export interface AudioCarried {
  meetings: number;
  frames: number;
  missing: number;
  lateP50Ms: number | null;
  lateP95Ms: number | null;
  /** In the mean, while it ran. */
  cores: { redis: number; writers: number; readers: number };
}

export async function audioThroughRedis(
  meetings: number,
  seconds: number,
  say: Say,
): Promise<AudioCarried> {
  const redis = await startRedisServer();
  try {
    const order: AudioOrder = {
      redisUrl: redis.url,
      meetings: Array.from({ length: meetings }, () => randomUUID()),
      seconds,
    };
    const before = await redisUse(redis.url);
    const startedAt = performance.now();
    const [read, written] = await Promise.all([
      orderProgram<AudioRead>('scale/audio-readers', order),
      orderProgram<AudioWritten>('scale/audio-writers', order),
    ]);
    const passedMs = performance.now() - startedAt;
    const after = await redisUse(redis.url);
    const carried: AudioCarried = {
      meetings,
      frames: written.frames,
      missing: (meetings * seconds * 1_000) / FRAME_MS - read.frames,
      lateP50Ms: read.lateP50Ms,
      lateP95Ms: read.lateP95Ms,
      cores: {
        redis: (after.cpuMs - before.cpuMs) / passedMs,
        writers: written.cpuMs / passedMs,
        readers: read.cpuMs / passedMs,
      },
    };
    say(`  ${meetings} meetings: ${JSON.stringify(carried)}`);
    return carried;
  } finally {
    await redis.stop();
  }
}
