import { setTimeout as wait } from 'node:timers/promises';
import { RedisAudioLog } from '@parley/bus';
import { obey } from '../measure';
import { FRAME_MS, type AudioOrder, type AudioWritten } from './audio-order';
import { ownCpuMs } from '../own-cpu';

const BYTES_PER_MS = 32;

// Appends the audio of meetings in real time, as ingestion does, and says at the end, as a line of JSON, what it took.
obey(async ({ redisUrl, meetings, seconds }: AudioOrder) => {
  const log = new RedisAudioLog({ url: redisUrl, name: 'bench-writers' });
  const pcm = Buffer.alloc(FRAME_MS * BYTES_PER_MS, 7);
  const written: AudioWritten = { frames: 0, cpuMs: 0 };
  const startedAt = performance.now();
  await Promise.all(
    meetings.map(async (id, nth) => {
      // Nobody sends at the same moment.
      const phaseMs = (nth * FRAME_MS) / meetings.length;
      for (let startMs = 0; startMs < seconds * 1_000; startMs += FRAME_MS) {
        await wait(Math.max(0, startedAt + phaseMs + startMs - performance.now()));
        await log.append(id, { kind: 'audio', channel: 'main', startMs, pcm });
        written.frames += 1;
      }
      await log.append(id, { kind: 'end', channel: 'main', endMs: seconds * 1_000 });
    }),
  );
  await log.close();
  process.stdout.write(JSON.stringify({ ...written, cpuMs: ownCpuMs() } satisfies AudioWritten));
});
