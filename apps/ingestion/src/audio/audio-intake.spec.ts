import type { AudioEntry, AudioLog } from '@parley/bus';
import { AudioIntake } from './audio-intake';
import { BYTES_PER_MS } from './audio-clock';

/** An audio log that keeps everything and says that it is as far behind as the test wants. */
class ScriptedLog implements Pick<AudioLog, 'append' | 'heldBytes'> {
  readonly entries: AudioEntry[] = [];
  behindMs = 0;

  append(_meetingId: string, entry: AudioEntry): Promise<string> {
    this.entries.push(entry);
    return Promise.resolve(String(this.entries.length));
  }

  heldBytes(): Promise<number> {
    return Promise.resolve(this.behindMs * BYTES_PER_MS);
  }

  get spans(): [string, number, number][] {
    return this.entries.map((entry) =>
      entry.kind === 'audio'
        ? ['audio', entry.startMs, entry.startMs + entry.pcm.length / BYTES_PER_MS]
        : ['gap', entry.kind === 'gap' ? entry.startMs : entry.endMs, entry.endMs],
    );
  }
}

function intakeOn(log: ScriptedLog, from: { receivedMs?: number; resumeFromMs?: number } = {}) {
  const offsets: number[] = [];
  const { receivedMs = 0, resumeFromMs = receivedMs } = from;
  const intake = new AudioIntake(log as unknown as AudioLog, {
    meetingId: 'm',
    channel: 'main',
    receivedMs,
    resumeFromMs,
    backlogMs: 1_000,
    pollMs: 1,
    durable: (offsetMs) => offsets.push(offsetMs),
    failed: (error) => {
      throw error;
    },
  });
  return { intake, offsets };
}

const frame = (ms: number): Buffer => Buffer.alloc(ms * BYTES_PER_MS);

describe('AudioIntake', () => {
  it('acknowledges what is in the log, in order', async () => {
    const log = new ScriptedLog();
    const { intake, offsets } = intakeOn(log);
    intake.audio(frame(100));
    await intake.settled();
    intake.audio(frame(50));
    await intake.settled();
    expect(log.spans).toEqual([
      ['audio', 0, 100],
      ['audio', 100, 150],
    ]);
    expect(offsets).toEqual([100, 150]);
  });

  it('stores the frames of a hurrying sender together, without losing one', async () => {
    const log = new ScriptedLog();
    const { intake } = intakeOn(log);
    for (let index = 0; index < 10; index++) intake.audio(frame(100));
    await intake.settled();
    expect(log.entries.length).toBeLessThan(10);
    expect(log.spans.at(-1)?.[2]).toBe(1_000);
    expect(intake.offsetMs).toBe(1_000);
  });

  it('drops what a resuming sender sends again', async () => {
    const log = new ScriptedLog();
    const { intake } = intakeOn(log, { receivedMs: 1_000, resumeFromMs: 900 });
    intake.audio(frame(50));
    intake.audio(frame(150));
    await intake.settled();
    expect(log.spans).toEqual([['audio', 1_000, 1_100]]);
  });

  it('drops what a resuming sender says again of a gap', async () => {
    const log = new ScriptedLog();
    const { intake, offsets } = intakeOn(log, { receivedMs: 1_000, resumeFromMs: 700 });
    intake.gap(200);
    intake.gap(200);
    intake.audio(frame(50));
    await intake.settled();
    expect(log.spans).toEqual([
      ['gap', 1_000, 1_100],
      ['audio', 1_100, 1_150],
    ]);
    expect(offsets).toEqual([1_100, 1_150]);
  });

  it('stores nothing from the very millisecond on at which it is withheld, and everything again after', async () => {
    const log = new ScriptedLog();
    const { intake } = intakeOn(log);
    intake.audio(frame(300));
    intake.withhold(true);
    intake.audio(frame(250));
    intake.audio(frame(50));
    intake.withhold(false);
    intake.audio(frame(100));
    await intake.settled();
    expect(log.spans).toEqual([
      ['audio', 0, 300],
      ['gap', 300, 600],
      ['audio', 600, 700],
    ]);
    expect(intake.takeRefused()).toEqual([{ startMs: 300, endMs: 600, state: 'withheld' }]);
    expect(intake.offsetMs).toBe(700);
  });

  it('sheds nothing of what is durable already', async () => {
    const log = new ScriptedLog();
    const { intake } = intakeOn(log, { receivedMs: 3_000, resumeFromMs: 0 });
    intake.audio(frame(3_000));
    intake.audio(frame(100));
    await intake.settled();
    expect(intake.takeRefused()).toEqual([]);
    expect(log.spans).toEqual([['audio', 3_000, 3_100]]);
  });

  it('says so when a sender resumes later than it stopped', async () => {
    const log = new ScriptedLog();
    const { intake } = intakeOn(log, { receivedMs: 1_000, resumeFromMs: 1_400 });
    intake.audio(frame(100));
    await intake.settled();
    expect(log.spans).toEqual([
      ['gap', 1_000, 1_400],
      ['audio', 1_400, 1_500],
    ]);
  });

  it('acknowledges nothing while the transcription is too far behind, and goes on after', async () => {
    const log = new ScriptedLog();
    log.behindMs = 5_000;
    const { intake, offsets } = intakeOn(log);
    intake.audio(frame(100));
    await new Promise((resolve) => setImmediate(resolve));
    expect(offsets).toEqual([]);
    log.behindMs = 0;
    await intake.settled();
    expect(offsets).toEqual([100]);
  });

  it('sheds, and accounts for, what a sender sends that does not wait for acknowledgements', async () => {
    const log = new ScriptedLog();
    log.behindMs = 5_000;
    const { intake } = intakeOn(log);
    for (let index = 0; index < 15; index++) intake.audio(frame(100));
    log.behindMs = 0;
    await intake.settled();
    const shed = intake.takeRefused();
    const shedMs = shed.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    const storedMs = log.spans
      .filter(([kind]) => kind === 'audio')
      .reduce((sum, [, startMs, endMs]) => sum + endMs - startMs, 0);
    expect(shedMs).toBeGreaterThan(0);
    expect(shedMs + storedMs).toBe(1_500);
    expect(intake.offsetMs).toBe(1_500);
  });

  it('holds only so much of a sender that says ever less at a time, and accounts for all of it', async () => {
    const log = new ScriptedLog();
    log.behindMs = 5_000;
    const { intake } = intakeOn(log);
    for (let index = 0; index < 15_000; index++) {
      intake.audio(frame(1));
      intake.gap(1);
    }
    log.behindMs = 0;
    await intake.settled();
    expect(log.entries.length).toBeLessThan(11_000);
    expect(log.spans.at(-1)?.[2]).toBe(30_000);
    const shedMs = intake
      .takeRefused()
      .reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    expect(shedMs).toBeGreaterThanOrEqual(14_000);
  });

  it('forgets what is not durable when the sender is gone: it will be sent again', async () => {
    const log = new ScriptedLog();
    log.behindMs = 5_000;
    const { intake } = intakeOn(log);
    intake.audio(frame(100));
    intake.abandon();
    await intake.settled();
    expect(log.entries).toEqual([]);
    expect(intake.offsetMs).toBe(0);
  });
});
