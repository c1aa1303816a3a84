import { FakeSocket } from '../testing/fake-socket';
import { ParleyProblem } from '../problems/parley-problem';
import { AudioSender } from './audio-sender';
import { meetingEnded } from './audio-line';

const SECOND = new Uint8Array(32_000).fill(7);

// Fake: the sockets, the clock, chance.
describe('an audio sender that loses its connection', () => {
  let sockets: FakeSocket[];
  let explain: jest.Mock<Promise<void>, []>;
  let open: jest.Mock<Promise<FakeSocket>, []>;
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0);
    sockets = [];
    explain = jest.fn(() => Promise.resolve());
    open = jest.fn(() => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return Promise.resolve(socket);
    });
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const pass = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  /** The newest connection; `resumeFrom` as the sender says it, or 0. */
  async function accept(): Promise<FakeSocket> {
    await pass();
    const socket = sockets.at(-1);
    if (!socket) throw new Error('nothing was opened');
    socket.happen('open');
    await pass();
    socket.say({ type: 'ready', resumeFrom: socket.told[0]?.resumeFrom ?? 0 });
    await pass();
    return socket;
  }

  async function started(signal?: AbortSignal): Promise<[AudioSender, FakeSocket]> {
    const starting = AudioSender.start({ open, explain }, signal ? { signal } : {});
    const socket = await accept();
    return [await starting, socket];
  }

  const lose = async (socket: FakeSocket, code = 1006): Promise<void> => {
    socket.happen('close', { code });
    await pass();
  };

  const refuse = async (socket: FakeSocket, code: string, status: number): Promise<void> => {
    socket.refuse(code, status);
    await pass();
  };

  it('comes back by itself, as the same sender, and sends again what was not acknowledged', async () => {
    const [sender, first] = await started();
    await sender.send(SECOND);
    await sender.send(SECOND);
    sender.gap(300);
    first.say({ type: 'ack', offsetMs: 1_500 });
    await lose(first);
    await sender.send(SECOND);
    await pass(500);
    const second = await accept();
    const [one, two] = [first.told[0], second.told[0]];
    expect(two).toMatchObject({ type: 'start', resumeFrom: 1_500, sender: one?.sender });
    expect(second.audio.map(({ length }) => length / 32)).toEqual([500, 1_000]);
    expect(second.told[1]).toEqual({ type: 'gap', ms: 300 });
    second.say({ type: 'ack', offsetMs: 3_300 });
    expect(sender.durableMs).toBe(3_300);
  });

  it('resends from what it said, also when an acknowledgement comes in the same breath', async () => {
    const [sender, first] = await started();
    await sender.send(SECOND);
    await lose(first);
    await pass(500);
    const second = sockets[1];
    second?.happen('open');
    await pass();
    second?.say({ type: 'ready', resumeFrom: 0 });
    second?.say({ type: 'ack', offsetMs: 900 });
    expect(second?.audio.map(({ length }) => length / 32)).toEqual([1_000]);
    expect(sender.durableMs).toBe(900);
  });

  it('keeps its own copy of what it may send again', async () => {
    const [sender, first] = await started();
    const buffer = Buffer.from(SECOND);
    await sender.send(buffer);
    buffer.fill(0);
    await lose(first);
    await pass(500);
    expect((await accept()).audio[0]?.every((byte) => byte === 7)).toBe(true);
  });

  it('holds ten seconds and no more while there is no connection', async () => {
    const [sender, first] = await started();
    await lose(first);
    let taken = 0;
    const sending = Array.from({ length: 12 }, () => sender.send(SECOND).then(() => (taken += 1)));
    await pass();
    expect(taken).toBe(10);
    await pass(500);
    const second = await accept();
    second.say({ type: 'ack', offsetMs: 2_000 });
    await Promise.all(sending);
    expect(second.audio).toHaveLength(12);
  });

  it('waits longer from failure to failure, and is patient again once audio got through', async () => {
    const [sender, first] = await started();
    await lose(first);
    const opened: number[] = [];
    for (let waited = 0; waited < 2_000; waited += 250) {
      await pass(250);
      if (sockets.length > opened.length + 1) {
        opened.push(waited + 250);
        sockets.at(-1)?.happen('error', { message: 'refused' });
      }
    }
    expect(opened).toEqual([250, 750, 1_750]);
    await pass(2_000);
    const back = await accept();
    await sender.send(SECOND);
    back.say({ type: 'ack', offsetMs: 1_000 });
    const before = sockets.length;
    await lose(back);
    await pass(250);
    expect(sockets).toHaveLength(before + 1);
  });

  it('waits as long as a busy service asks', async () => {
    const [, first] = await started();
    open.mockRejectedValueOnce(new ParleyProblem(429, {}, 20));
    await lose(first);
    await pass(15_000);
    expect(sockets).toHaveLength(1);
    await pass(6_000);
    expect(sockets).toHaveLength(2);
  });

  it.each([
    ['the service goes away', (socket: FakeSocket) => lose(socket, 1001)],
    ['the log takes nothing', (socket: FakeSocket) => refuse(socket, 'unavailable', 503)],
    ['the service fails', (socket: FakeSocket) => refuse(socket, 'internal', 500)],
    ['the channel is busy', (socket: FakeSocket) => refuse(socket, 'channel-busy', 409)],
  ])('comes back when %s', async (_, happens) => {
    const [sender, first] = await started();
    await happens(first);
    await pass(500);
    await accept();
    await sender.send(SECOND);
    expect(sockets[1]?.audio).toHaveLength(1);
  });

  it('takes a line for dead that gives no sign of life for ten seconds', async () => {
    const [, first] = await started();
    for (let n = 0; n < 5; n += 1) {
      await pass(9_000);
      first.say({ type: 'ack', offsetMs: 0 });
    }
    expect(first.closed).toBe(false);
    await pass(10_000);
    expect(first.closed).toBe(true);
    await pass(500);
    expect(sockets).toHaveLength(2);
  });

  it('gives another sender half a minute to leave the channel', async () => {
    const [sender, first] = await started();
    first.refuse('channel-busy', 409);
    const sent = sender.send(new Uint8Array(320_000 + 32_000));
    sent.catch(() => undefined);
    for (let waited = 0; waited < 45_000; waited += 250) {
      await pass(250);
      const socket = sockets.at(-1);
      socket?.happen('open');
      await pass();
      socket?.refuse('channel-busy', 409);
    }
    await expect(sent).rejects.toMatchObject({ code: 'channel-busy' });
  });

  it.each([
    ['a frame that is refused', 'validation-failed', 400],
    ['an unknown meeting', 'meeting-not-found', 404],
    ['a channel that somebody stopped', 'conflict', 409],
  ])('gives up on %s', async (_, code, status) => {
    const [sender, first] = await started();
    first.refuse(code, status);
    await expect(sender.stop()).rejects.toMatchObject({ code });
    await pass(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('hears from the service why its socket was refused', async () => {
    const [sender, first] = await started();
    await sender.send(SECOND);
    await lose(first);
    explain.mockRejectedValueOnce(meetingEnded());
    await pass(500);
    sockets[1]?.happen('error', { message: 'Unexpected server response: 409' });
    await pass();
    await expect(sender.send(SECOND)).rejects.toMatchObject({ code: 'meeting-ended' });
  });

  describe('while it stops', () => {
    async function losesTheAnswer(acknowledgedMs: number): Promise<[Promise<number>, FakeSocket]> {
      const [sender, first] = await started();
      await sender.send(SECOND);
      first.say({ type: 'ack', offsetMs: acknowledgedMs });
      const stopping = sender.stop();
      stopping.catch(() => undefined);
      await pass();
      expect(first.told.at(-1)).toEqual({ type: 'stop' });
      await lose(first);
      await pass(500);
      const second = sockets[1];
      if (!second) throw new Error('it did not come back');
      second.happen('open');
      await pass();
      return [stopping, second];
    }

    it('says stop again, after what was not acknowledged', async () => {
      const [stopping, second] = await losesTheAnswer(400);
      second.say({ type: 'ready', resumeFrom: 400 });
      expect(second.audio.map(({ length }) => length / 32)).toEqual([600]);
      expect(second.told.at(-1)).toEqual({ type: 'stop' });
      second.say({ type: 'stopped', durationMs: 1_000 });
      expect(await stopping).toBe(1_000);
    });

    it('is stopped when the service says that the channel was', async () => {
      const [stopping, second] = await losesTheAnswer(400);
      second.refuse('conflict', 409);
      expect(await stopping).toBe(1_000);
    });

    it.each([
      ['is stopped when the meeting ended with all of it', 1_000, 1_000],
      ['fails when the meeting ended without the last of it', 400, 'meeting-ended'],
    ])('%s', async (_, acknowledgedMs, outcome) => {
      const [stopping, second] = await losesTheAnswer(acknowledgedMs);
      second.refuse('meeting-ended', 409);
      expect(await stopping.catch((error: unknown) => (error as ParleyProblem).code)).toBe(outcome);
    });
  });

  it('leaves when the signal fires, and what waits rejects with its reason', async () => {
    const stop = new AbortController();
    const [sender, first] = await started(stop.signal);
    await lose(first);
    const stopping = sender.stop();
    stopping.catch(() => undefined);
    stop.abort(new Error('enough'));
    await expect(stopping).rejects.toThrow('enough');
    await pass(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('does not come back after it was cut', async () => {
    const [sender, first] = await started();
    sender.cut();
    expect(first.closed).toBe(true);
    await pass(60_000);
    expect(sockets).toHaveLength(1);
    await expect(sender.send(SECOND)).rejects.toThrow('cut');
  });
});
