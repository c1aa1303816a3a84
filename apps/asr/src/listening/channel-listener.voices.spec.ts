import type { SpeakerEngine, Stretch } from '@parley/ai';
import { HeardChannel } from '../testing/heard-channel';
import { UtteranceVoices } from '../voices/utterance-voices';
import { VoiceTracker } from '../voices/voice-tracker';

interface Asked {
  samples: Float32Array;
  signal: AbortSignal | undefined;
}

/** A channel of several people, and what its engine of voices was asked. Fake: the engine, and what hears words. */
function sharedChannel() {
  const asked: Asked[] = [];
  const engine = {
    name: 'fake',
    embed: (samples: Float32Array, stretches: readonly Stretch[], signal?: AbortSignal) => {
      if (stretches.length > 0) asked.push({ samples, signal });
      return Promise.resolve(stretches.map(() => Float32Array.of(1, 0)));
    },
  } as unknown as SpeakerEngine;
  const decode = () => Promise.resolve({ text: 'yes', engine: 'fake', degraded: false });
  const voices = new UtteranceVoices({ engine, tracker: new VoiceTracker(), decode });
  return { asked, channel: new HeardChannel({ voices }) };
}

describe('the voices of a channel', () => {
  it('are listened to in a pause, and known when it is the end', async () => {
    const { asked, channel } = sharedChannel();
    await channel.speech(2_000);
    expect(asked).toHaveLength(0);
    await channel.silence(300);
    expect(asked).toHaveLength(1);
    await channel.silence(700);
    await channel.listener.drained();
    expect(asked).toHaveLength(1);
    const [final] = channel.sink.outcomes.flatMap(({ finals }) => finals);
    expect(final?.voiceId).toEqual(expect.any(String));
  });

  it('are listened to again, and not any more in the pause, when somebody goes on', async () => {
    const { asked, channel } = sharedChannel();
    await channel.speech(2_000);
    await channel.silence(300);
    await channel.speech(1_000);
    expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true]);
    await channel.silence(1_000);
    await channel.end();
    expect(asked.map(({ samples }) => samples.length / 16_000)).toEqual([
      expect.closeTo(2.2, 1),
      expect.closeTo(3.5, 1),
    ]);
  });
});
