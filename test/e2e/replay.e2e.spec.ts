import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wavFile } from '@parley/audio';
import { unwrap } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { readSampleMeeting, readSampleTracks } from '../../apps/standalone/src/demo/sample-meeting';
import type { ReplayResult } from '../../apps/standalone/src/replay/replay-result';
import { startParley, type RunningParley } from './running-parley';

const MINUTES = 60_000;
const BYTES_PER_MS = 32;
const REPLAY = 'dist/apps/standalone/src/commands/replay.main.js';

interface Ended {
  code: number | null;
  printed: string;
  complained: string;
}

/** `npm run replay -- …`, built and without what this shell may have set. */
async function replay(args: string[], settings: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [REPLAY, ...args], {
    cwd: PROJECT_ROOT,
    env: {
      PATH: process.env.PATH,
      MODELS_DIR: join(PROJECT_ROOT, '.parley/models'),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, printed, complained };
}

// Real: the command as it is built, the systems in processes of their own, models, sockets, the sample.
describe('replaying a recorded meeting', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-replay-test-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  // The regression gate: whoever changes what comes of the sample stores it anew, and says so in the commit.
  it(
    'comes out as it is stored, twenty times as fast as it was spoken',
    async () => {
      const { code, printed, complained } = await replay(['--speed', '20']);
      expect([code, printed, complained]).toEqual([
        0,
        expect.stringContaining('The same as apps/standalone/sample/replay.json.'),
        'Starting a system of its own …\n',
      ]);
    },
    3 * MINUTES,
  );

  describe('into a system that runs', () => {
    let parley: RunningParley;
    let clip: string;
    let into: (...args: string[]) => Promise<Ended>;

    beforeAll(async () => {
      parley = await startParley();
      const ports = Object.entries(parley.client.urls).map(([name, url]) => [
        `${name.toUpperCase()}_PORT`,
        new URL(url).port,
      ]);
      const settings = Object.fromEntries(ports) as Record<string, string>;
      into = (...args) =>
        replay([clip, '--into', 'http://localhost', '--speed', 'max', ...args], settings);
      const sample = await readSampleMeeting();
      const laura = (await readSampleTracks(sample)).get('laura') ?? Buffer.alloc(0);
      clip = join(folder, 'clip.wav');
      writeFileSync(clip, wavFile(laura.subarray(0, 20_000 * BYTES_PER_MS)));
    }, 2 * MINUTES);

    afterAll(async () => {
      await parley.stop();
    }, MINUTES);

    it(
      'has nothing to compare with the first time, and is the same once that was stored',
      async () => {
        const first = await into();
        expect([first.code, first.printed]).toEqual([
          1,
          expect.stringContaining('Nothing to compare with: --accept stores this in'),
        ]);
        expect(await into('--accept')).toMatchObject({ code: 0 });
        const again = await into('--json');
        expect(again.code).toBe(0);
        expect(JSON.parse(again.printed)).toMatchObject({ same: true, differences: [] });
        const { items } = await unwrap(parley.client.ingestion.GET('/v1/meetings'));
        expect(items.map(({ title, status }) => [title, status])).toEqual(
          Array(3).fill(['clip.wav', 'ended']),
        );
      },
      2 * MINUTES,
    );

    it(
      'says which word of the stored result did not come out, and fails',
      async () => {
        const stored = join(folder, 'changed.json');
        copyFileSync(join(folder, 'clip.replay.json'), stored);
        const result = JSON.parse(readFileSync(stored, 'utf8')) as ReplayResult;
        const line = result.lines.find(({ text }) => text.includes('goal'));
        if (!line) throw new Error('nobody speaks of a goal in the clip');
        line.text = line.text.replace('goal', 'aim');
        writeFileSync(stored, JSON.stringify(result));
        const { code, printed } = await into('--result', stored);
        expect(code).toBe(1);
        expect(printed).toMatch(/transcript\s+1 changed/);
        expect(printed).toMatch(/~ 00:13 Speaker 1\s+Our \[-aim-\]\{\+goal\+\} today is/);
        expect(printed).toMatch(/Not the same as .*changed\.json: 1 difference\./);
      },
      2 * MINUTES,
    );

    it('cannot be asked of a meeting by its id, and says what to name instead', async () => {
      const { items } = await unwrap(parley.client.ingestion.GET('/v1/meetings'));
      const { code, complained } = await replay([items[0]?.id ?? '']);
      expect([code, complained]).toEqual([
        2,
        expect.stringContaining('replayed from its recordings'),
      ]);
    });
  });
});
