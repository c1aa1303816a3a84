import { createParleyClient } from '../create-parley-client';
import { ParleyProblem } from '../problems/parley-problem';
import { AudioSender } from './audio-sender';
import { FakeSocket } from '../testing/fake-socket';
import { meetingEnded, type AudioLine } from './audio-line';
import { openGlobalSocket } from '../sockets/socket';

const SECOND = new Uint8Array(32_000);

const settled = () => new Promise((resolve) => setImmediate(resolve));

const lineOf = (socket: FakeSocket): AudioLine => ({
  open: () => Promise.resolve(socket),
  explain: () => Promise.resolve(),
});

const senders: AudioSender[] = [];

async function started(resumeFrom = 0): Promise<{ socket: FakeSocket; sender: AudioSender }> {
  const socket = new FakeSocket();
  const starting = AudioSender.start(lineOf(socket));
  await settled();
  socket.happen('open');
  await settled();
  socket.say({ type: 'ready', resumeFrom });
  const sender = await starting;
  senders.push(sender);
  return { socket, sender };
}

// Fake: the socket.
describe('the audio sender', () => {
  afterEach(() => {
    for (const sender of senders.splice(0)) sender.cut();
  });

  it('says start once the socket is open, and is there when the service is ready', async () => {
    const { socket, sender } = await started(3_000);
    const format = { encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 };
    expect(socket.told).toEqual([
      {
        type: 'start',
        ...format,
        channel: 'main',
        sender: expect.stringMatching(/^\w{32}$/) as string,
      },
    ]);
    expect(sender.durableMs).toBe(3_000);
  });

  it('stays within ten seconds of what is acknowledged', async () => {
    const { socket, sender } = await started();
    for (let second = 0; second < 10; second += 1) await sender.send(SECOND);
    let sent = false;
    const eleventh = sender.send(SECOND).then(() => (sent = true));
    await settled();
    expect(sent).toBe(false);
    socket.say({ type: 'ack', offsetMs: 1_000 });
    await eleventh;
    expect(socket.sent).toHaveLength(12);
    expect(sender.durableMs).toBe(1_000);
  });

  it('tells the length when it stops', async () => {
    const { socket, sender } = await started();
    sender.gap(250);
    const stopping = sender.stop();
    await settled();
    socket.say({ type: 'stopped', durationMs: 250 });
    socket.happen('close', { code: 1000 });
    expect(await stopping).toBe(250);
    expect(socket.sent.slice(1)).toEqual(['{"type":"gap","ms":250}', '{"type":"stop"}']);
  });

  it('leaves a channel open for whoever sends on it next, once all of it is durable', async () => {
    const { socket, sender } = await started(2_000);
    await sender.send(SECOND);
    expect(sender.waitingMs).toBe(1_000);
    let left = false;
    const leaving = sender.leaveOpen().then(() => (left = true));
    await settled();
    expect(left).toBe(false);
    socket.say({ type: 'ack', offsetMs: 3_000 });
    await leaving;
    expect(sender.waitingMs).toBe(0);
    expect(socket.sent).not.toContainEqual('{"type":"stop"}');
    await expect(sender.send(SECOND)).rejects.toThrow('cut');
  });

  it('throws the problem that the service gives before it closes', async () => {
    const { socket, sender } = await started();
    socket.refuse('unsupported-audio', 422);
    await expect(sender.stop()).rejects.toBeInstanceOf(ParleyProblem);
    await expect(sender.send(SECOND)).rejects.toMatchObject({ code: 'unsupported-audio' });
  });

  it('throws when there is no connection to begin with, with the reason where there is one', async () => {
    const refused = (explain: AudioLine['explain']): Promise<AudioSender> => {
      const socket = new FakeSocket();
      const starting = AudioSender.start({ open: () => Promise.resolve(socket), explain });
      void settled().then(() => {
        socket.happen('error', { message: 'Unexpected server response: 409' });
      });
      return starting;
    };
    await expect(refused(() => Promise.resolve())).rejects.toThrow('409');
    await expect(refused(() => Promise.reject(meetingEnded()))).rejects.toMatchObject({
      code: 'meeting-ended',
    });
  });

  it('takes no more audio once the service has stopped it with the meeting', async () => {
    const { socket, sender } = await started();
    socket.say({ type: 'stopped', durationMs: 0 });
    socket.happen('close', { code: 1000 });
    await settled();
    await expect(sender.send(SECOND)).rejects.toMatchObject({ code: 'meeting-ended' });
    expect(await sender.stop()).toBe(0);
  });

  it('is opened with a ticket where there is a key: keys never stand in a URL', async () => {
    const opened: string[] = [];
    const socket = new FakeSocket();
    const parley = createParleyClient({
      apiKey: 'k-1',
      fetch: ({ url, method, headers }) => {
        expect([method, url]).toEqual(['POST', 'http://localhost:8001/v1/meetings/m/tickets']);
        expect(headers.get('authorization')).toBe('Bearer k-1');
        return Promise.resolve(Response.json({ ticket: 't-1' }, { status: 201 }));
      },
      openSocket: (url) => {
        opened.push(url);
        return socket;
      },
    });
    const starting = parley.sendAudio('m');
    await settled();
    socket.happen('open');
    await settled();
    socket.say({ type: 'ready', resumeFrom: 0 });
    senders.push(await starting);
    expect(opened).toEqual(['ws://localhost:8001/v1/meetings/m/audio?ticket=t-1']);
  });

  it('says what to do where there is no WebSocket', () => {
    const present = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
    Reflect.deleteProperty(globalThis, 'WebSocket');
    try {
      expect(() => openGlobalSocket('ws://localhost')).toThrow('openSocket');
    } finally {
      if (present) Object.defineProperty(globalThis, 'WebSocket', present);
    }
  });
});
