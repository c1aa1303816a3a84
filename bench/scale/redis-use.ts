import Redis from 'ioredis';

/** What a Redis did, by its own count. */
export interface RedisUse {
  cpuMs: number;
  commands: number;
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
    };
  } finally {
    redis.disconnect();
  }
}
