import type { ProblemError } from '@parley/contracts';
import { parseAudioMessage } from './audio-message';

const start = { type: 'start', encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 };
const refusal = (message: unknown): string => {
  try {
    parseAudioMessage(typeof message === 'string' ? message : JSON.stringify(message));
  } catch (error) {
    return (error as ProblemError).code;
  }
  return 'accepted';
};

describe('a text frame of the audio socket', () => {
  it('may start a channel', () => {
    expect(parseAudioMessage(JSON.stringify({ ...start, channel: 'anna' }))).toMatchObject({
      type: 'start',
      channel: 'anna',
    });
  });

  it('may start Opus, whose container says its rate itself', () => {
    const message = { type: 'start', encoding: 'opus', resumeFrom: 60_000 };
    expect(parseAudioMessage(JSON.stringify(message))).toMatchObject(message);
  });

  it.each([
    ['another encoding', { ...start, encoding: 'aac' }],
    ['raw samples that do not say their rate', { type: 'start', encoding: 'pcm_s16le' }],
    ['another sample rate', { ...start, sampleRate: 44_100 }],
    ['stereo', { ...start, channels: 2 }],
  ])('is refused as unsupported audio for %s', (_, message) => {
    expect(refusal(message)).toBe('unsupported-audio');
  });

  it.each([
    ['an unknown type', { type: 'pause' }],
    ['an inherited property as type', { type: 'constructor' }],
    ['no object', 'null'],
    ['a negative gap', { type: 'gap', ms: -1 }],
    ['a gap that is no whole number', { type: 'gap', ms: 1.5 }],
    ['an unknown field', { ...start, volume: 11 }],
    ['a channel name that could be a path', { ...start, channel: '../x' }],
    ['a position before the meeting', { ...start, resumeFrom: -5 }],
  ])('is refused for %s', (_, message) => {
    expect(refusal(message)).toBe('validation-failed');
  });

  it('is refused when it is not JSON', () => {
    expect(refusal('{')).toBe('malformed-json');
  });
});
