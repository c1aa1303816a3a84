import type { Participant } from '@parley/contracts';
import { captionSpeaker } from './caption-speaker';

const ann: Participant = { id: 'p1', name: 'Ann Lee', channel: 'ann' };
const ben: Participant = { id: 'p2', name: 'Ben' };

describe('who said a caption', () => {
  it('is the participant of that name, however it is written', () => {
    expect(captionSpeaker('  ANN   lee ', 'captions', [ann, ben])).toEqual({
      speaker: { id: 'p1', name: 'Ann Lee', participantId: 'p1' },
      participant: ann,
    });
  });

  it('is somebody of that name where no participant has it, the same each time', () => {
    const { speaker, participant } = captionSpeaker('Carol  Doe', 'captions', [ann, ben]);
    expect(speaker).toEqual({
      id: expect.stringMatching(/^named-\w{16}$/) as string,
      name: 'Carol Doe',
    });
    expect(participant).toBeUndefined();
    expect(captionSpeaker('carol doe', 'other', []).speaker?.id).toBe(speaker?.id);
    expect(captionSpeaker('Carol Do', 'captions', []).speaker?.id).not.toBe(speaker?.id);
  });

  it('is no particular one of two participants of one name', () => {
    const { speaker, participant } = captionSpeaker('Ben', 'captions', [ben, { ...ben, id: 'p3' }]);
    expect(speaker).not.toHaveProperty('participantId');
    expect(participant).toBeUndefined();
  });

  it('is whose channel it is where nobody is named, and else nobody', () => {
    expect(captionSpeaker(undefined, 'ann', [ann, ben]).participant).toBe(ann);
    expect(captionSpeaker(undefined, 'captions', [ann, ben])).toEqual({ speaker: null });
  });
});
