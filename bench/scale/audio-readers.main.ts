import { RedisAudioLog } from '@parley/bus';
import { obey } from '../measure';
import { percentile } from '../percentile';
import type { AudioOrder, AudioRead } from './audio-order';
import { ownCpuMs } from '../own-cpu';

const READ = { waitMs: 5_000, limit: 64 };
/** A meeting of which nothing comes for so long is over, its end lost. */
const SILENT_READS = 12;

// Reads the audio of meetings to their ends and trims behind it, as asr does, and says at the end, as a line of JSON, what it took.
obey(async ({ redisUrl, meetings }: AudioOrder) => {
  const log = new RedisAudioLog({ url: redisUrl, name: 'bench-readers' });
  const lateMs: number[] = [];
  await Promise.all(meetings.map((id) => follow(log, id, lateMs)));
  await log.close();
  const result: AudioRead = {
    frames: lateMs.length,
    lateP50Ms: percentile(lateMs, 50),
    lateP95Ms: percentile(lateMs, 95),
    cpuMs: ownCpuMs(),
  };
  process.stdout.write(JSON.stringify(result));
});

async function follow(log: RedisAudioLog, id: string, lateMs: number[]): Promise<void> {
  let after: string | null = null;
  for (let silent = 0; silent < SILENT_READS;) {
    const found = await log.read(id, after, READ);
    silent = found.length === 0 ? silent + 1 : 0;
    for (const stored of found) {
      if (stored.entry.kind === 'end') return;
      // An id of a stream begins with the time at which Redis took the entry.
      lateMs.push(Date.now() - Number(stored.id.split('-')[0]));
      after = stored.id;
    }
    if (after) await log.trim(id, after);
  }
}
