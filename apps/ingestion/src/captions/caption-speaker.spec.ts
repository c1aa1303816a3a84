import { createHash } from 'node:crypto';
import type { Participant } from '@parley/contracts';
import { captionSpeaker } from './caption-speaker';

const ann: Participant = { id: 'p1', name: 'Ann Lee', channel: 'ann' };
const ben: Participant = { id: 'p2', name: 'Ben' };
const captionSecret = 'd3adbeef-0000-4000-8000-000000000000';
const meeting = (...participants: Participant[]) => ({ participants, captionSecret });

describe('who said a caption', () => {
  it('is the participant of that name, however it is written', () => {
    expect(captionSpeaker('  ANN   lee ', 'captions', meeting(ann, ben))).toEqual({
      speaker: { id: 'p1', name: 'Ann Lee', participantId: 'p1' },
      participant: ann,
    });
  });

  it('is somebody of that name where no participant has it, the same each time', () => {
    const { speaker, participant } = captionSpeaker('Carol  Doe', 'captions', meeting(ann, ben));
    expect(speaker).toEqual({
      id: expect.stringMatching(/^named-\w{24}$/) as string,
      name: 'Carol Doe',
    });
    expect(participant).toBeUndefined();
    expect(captionSpeaker('carol doe', 'other', meeting()).speaker?.id).toBe(speaker?.id);
    expect(captionSpeaker('Carol Do', 'captions', meeting()).speaker?.id).not.toBe(speaker?.id);
  });

  it('has an id that nobody can guess a name from, and another one in another meeting', () => {
    const ids = [captionSecret, 'e4adbeef-0000-4000-8000-000000000000'].map(
      (secret) =>
        captionSpeaker('Carol Doe', 'captions', { participants: [], captionSecret: secret }).speaker
          ?.id,
    );
    expect(new Set(ids).size).toBe(2);
    const guessed = createHash('sha256').update('carol doe').digest('hex');
    expect(ids.filter((id) => id?.includes(guessed.slice(0, 16)))).toEqual([]);
  });

  it('is no particular one of two participants of one name', () => {
    const { speaker, participant } = captionSpeaker(
      'Ben',
      'captions',
      meeting(ben, { ...ben, id: 'p3' }),
    );
    expect(speaker).not.toHaveProperty('participantId');
    expect(participant).toBeUndefined();
  });

  it('is whose channel it is where nobody is named, and else nobody', () => {
    expect(captionSpeaker(undefined, 'ann', meeting(ann, ben)).participant).toBe(ann);
    expect(captionSpeaker(undefined, 'captions', meeting(ann, ben))).toEqual({ speaker: null });
  });
});
