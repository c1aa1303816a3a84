import Redis from 'ioredis';

/** What a Redis did and held, by its own count. */
export interface RedisUse {
  cpuMs: number;
  commands: number;
  /** At its most. */
  bytes: number;
}

export async function redisUse(url: string): Promise<RedisUse> {
  const redis = new Redis(url);
  try {
    const info = await redis.info();
    const number = (name: string): number =>
      Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? Number.NaN);
    return {
      cpuMs: (number('used_cpu_user') + number('used_cpu_sys')) * 1_000,
      commands: number('total_commands_processed'),
      bytes: number('used_memory_peak'),
    };
  } finally {
    redis.disconnect();
  }
}
