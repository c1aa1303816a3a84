import { join } from 'node:path';
import { decodeAudio } from '@parley/audio';
import { embeddedBus } from '@parley/bus';
import { PROJECT_ROOT } from '@parley/config';
import { makeEvent, newId } from '@parley/contracts';
import OpenAI from 'openai';
import { createReadStream } from 'node:fs';
import { RunningAsr } from './testing/running-asr';

const NUMBERS = join(PROJECT_ROOT, 'evaluate/speech/names/vercel.ogg');
const SPELLED = /the Vercel numbers/;

// Real: the models, the openai SDK, Postgres, the service. In memory: the bus and the audio log.
describe('the names that a meeting expects', () => {
  let asr: RunningAsr;
  beforeAll(async () => {
    asr = await RunningAsr.start();
  }, 60_000);
  afterAll(() => asr.stop());

  const hold = async (vocabulary: string[], participants: string[]): Promise<string> => {
    const meetingId = newId();
    const { pcm } = await decodeAudio(NUMBERS);
    const started = makeEvent(
      'meeting.started',
      {
        title: 'Numbers',
        privacyMode: 'transcript',
        participants: participants.map((name, at) => ({ id: `p${at}`, name })),
        language: 'en',
        timeZone: 'UTC',
        vocabulary,
        startedAt: new Date().toISOString(),
      },
      { meetingId },
    );
    await embeddedBus()?.bus.publish(started);
    const segments = await asr.hold(meetingId, pcm);
    return segments.map(({ text }) => text).join(' ');
  };

  it('are spelled as the meeting spells them', async () => {
    expect(await hold(['Vercel'], [])).toMatch(SPELLED);
    expect(await hold([], [])).not.toMatch(SPELLED);
  });

  it('are those of its participants, too', async () => {
    expect(await hold([], ['Ana Vercel'])).toMatch(SPELLED);
  });

  it('are taken from the prompt of a transcription', async () => {
    const openai = new OpenAI({ baseURL: `${asr.url}/v1`, apiKey: 'none' });
    const { text } = await openai.audio.transcriptions.create({
      file: createReadStream(NUMBERS),
      model: 'whisper-1',
      prompt: 'A talk about the Vercel numbers of last week.',
    });
    expect(text).toMatch(SPELLED);
  });
});
