import { newId, type Segment, type Speaker } from '@parley/contracts';
import { RunningAsr } from './testing/running-asr';
import { sampleInOne, type Turn } from './testing/sample-in-one';

// Real: the models, Postgres, the service. In memory: the bus and the audio log.

describe('the speakers of a meeting', () => {
  let asr: RunningAsr;
  let turns: Turn[];
  let mixed: Buffer;
  const meetingId = newId();

  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${asr.url}/v1/meetings/${meetingId}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as never };
  };
  const speakers = async (): Promise<(Speaker & { spokenMs: number })[]> => {
    const { body } = await call('GET', '/speakers');
    return (body as { items: (Speaker & { spokenMs: number })[] }).items;
  };
  const transcript = async (): Promise<Segment[]> => {
    return (await asr.transcript(meetingId, '?limit=200')).items;
  };
  const saidMostBy = (turn: Turn, segments: Segment[]): Segment | undefined =>
    [...segments].sort((a, b) => overlap(b, turn) - overlap(a, turn))[0];

  beforeAll(async () => {
    asr = await RunningAsr.start();
    ({ turns, mixed } = await sampleInOne());
    await asr.announce(meetingId, 'room', 'en', null);
    const half = 60_000 * 32;
    await asr.send(meetingId, 'room', mixed.subarray(0, half));
    await asr.until(() => asr.finals(meetingId).length >= 8);
    // Whoever takes the meeting over knows the voices that were heard before.
    await asr.restart(() => asr.send(meetingId, 'room', mixed.subarray(half), 60_000));
    await asr.end(meetingId, 'room', mixed.length / 32);
  }, 300_000);

  afterAll(() => asr.stop());

  it('are right in the sample meeting when its channels are mixed into one, over a restart', async () => {
    const segments = await transcript();
    const names = new Map<string, Set<string>>();
    let unknown = 0;
    for (const turn of turns) {
      const speaker = saidMostBy(turn, segments)?.speaker;
      if (!speaker) unknown++;
      else names.set(turn.channel, (names.get(turn.channel) ?? new Set()).add(speaker.name));
    }
    // Nobody has two names, nobody shares one; at most one short turn is nobody's.
    expect([...names.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1]);
    expect(new Set([...names.values()].flatMap((set) => [...set])).size).toBe(4);
    expect(unknown).toBeLessThanOrEqual(1);
  });

  it('are numbered as they are first sure of, with how long they spoke', async () => {
    const all = await speakers();
    expect(all.map(({ name }) => name).sort()).toEqual(
      [1, 2, 3, 4].map((number) => `Speaker ${number}`),
    );
    for (const { spokenMs } of all) expect(spokenMs).toBeGreaterThan(5_000);
  });

  it('divide an utterance in which they change, and count among the finals', async () => {
    const segments = await transcript();
    expect(segments.some(({ id }) => /:\d+\.1$/.test(id))).toBe(true);
    expect(asr.of(meetingId).at(-1)).toMatchObject({
      type: 'transcript.completed',
      data: { finals: segments.length },
    });
  });

  it('are found out later for what they said first, which comes again in a new revision', () => {
    const revised = asr.finals(meetingId).filter(({ revision }) => revision > 0);
    expect(revised.length).toBeGreaterThan(0);
    for (const { id, speaker } of revised) {
      const [first] = asr.finals(meetingId).filter((segment) => segment.id === id);
      expect(first).toMatchObject({ revision: 0, speaker: null });
      expect(speaker?.name).toMatch(/^Speaker \d$/);
    }
  });

  it('get a name, which all that they said then carries', async () => {
    const [one] = await speakers();
    if (!one) throw new Error('nobody spoke');
    const before = asr.finals(meetingId).length;
    const participantId = newId();
    const renamed = await call('PATCH', `/speakers/${one.id}`, { name: 'Laura', participantId });
    expect(renamed).toEqual({ status: 200, body: { id: one.id, name: 'Laura', participantId } });
    const theirs = (await transcript()).filter(({ speaker }) => speaker?.id === one.id);
    expect(theirs.every(({ speaker }) => speaker?.name === 'Laura')).toBe(true);
    await asr.until(() => asr.finals(meetingId).length === before + theirs.length);
    expect(asr.finals(meetingId).slice(before)).toEqual(expect.arrayContaining(theirs));
  });

  it('become one, and stay it', async () => {
    const [one, two] = await speakers();
    if (!one || !two) throw new Error('fewer than two speak');
    const merged = await call('POST', `/speakers/${two.id}/merge`, { into: one.id });
    expect(merged).toMatchObject({ status: 200, body: { id: one.id, name: one.name } });
    expect(await speakers()).toHaveLength(3);
    expect((await transcript()).some(({ speaker }) => speaker?.id === two.id)).toBe(false);
    // By the old id, too, it is the one.
    const again = await call('POST', `/speakers/${two.id}/merge`, { into: one.id });
    expect(again).toMatchObject({ status: 409 });
  });

  it('are put right for one segment, and so are its words', async () => {
    const [segment] = await transcript();
    const other = (await speakers()).find(({ id }) => id !== segment?.speaker?.id);
    const corrected = await call('PATCH', `/transcript/${segment?.id}`, {
      text: 'Good morning, all of you.',
      speakerId: other?.id,
    });
    expect(corrected).toMatchObject({
      status: 200,
      body: {
        id: segment?.id,
        text: 'Good morning, all of you.',
        speaker: { id: other?.id },
        revision: (segment?.revision ?? 0) + 1,
        engine: 'person',
      },
    });
    expect((await transcript())[0]).toEqual(corrected.body);
    await asr.until(() => asr.finals(meetingId).at(-1)?.engine === 'person');
  });

  it.each([
    ['PATCH', '/speakers/nobody', { name: 'Ann' }, 404, 'speaker-not-found'],
    ['PATCH', '/speakers/nobody', {}, 400, 'validation-failed'],
    ['POST', '/speakers/nobody/merge', { into: 'nobody' }, 404, 'speaker-not-found'],
    ['PATCH', '/transcript/none', { text: 'No.' }, 404, 'segment-not-found'],
    ['PATCH', '/transcript/none', {}, 400, 'validation-failed'],
    ['PATCH', '/transcript/none', { text: null }, 400, 'validation-failed'],
    ['PATCH', '/transcript/none', { text: null, speakerId: null }, 400, 'validation-failed'],
    ['PATCH', '/transcript/none', { text: '  ' }, 400, 'validation-failed'],
    ['PATCH', '/transcript/none', { speakerId: 'nobody' }, 404, 'speaker-not-found'],
  ])('answer %s %s %j with a problem', async (method, path, body, status, code) => {
    expect(await call(method, path, body)).toMatchObject({
      status,
      body: { type: `https://parley.dev/problems/${code}` },
    });
  });
});

function overlap(a: { startMs: number; endMs: number }, b: typeof a): number {
  return Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
}
