import { SAMPLE_RATE, samplesToPcm } from '@parley/audio';
import { Seeded } from '../../test/harness/seeded';

/** A sound in which nobody speaks. */
export interface Sound {
  name: string;
  pcm: Buffer;
}

type Maker = (samples: Float32Array, random: Seeded) => void;

/** What is to be heard in rooms and on lines when nobody speaks; the same for the same seed. */
const MAKERS: Record<string, Maker> = {
  silence: () => undefined,
  noise: (samples, random) => {
    pinkNoise(samples, random, 0.05);
  },
  'loud noise': (samples, random) => {
    pinkNoise(samples, random, 0.4);
  },
  hum: (samples, random) => {
    pinkNoise(samples, random, 0.01);
    for (const [at, value] of samples.entries()) {
      const phase = (2 * Math.PI * 50 * at) / SAMPLE_RATE;
      samples[at] = value + 0.08 * Math.sin(phase) + 0.03 * Math.sin(2 * phase);
    }
  },
  music,
  typing,
};

/** So many seconds of each. */
export function soundsOf(seconds: number, seed = 1): Sound[] {
  return Object.entries(MAKERS).map(([name, make]) => {
    const samples = new Float32Array(seconds * SAMPLE_RATE);
    make(samples, new Seeded(seed));
    return { name, pcm: samplesToPcm(samples) };
  });
}

/** As much energy in each octave (Paul Kellet's economy filter). */
function pinkNoise(samples: Float32Array, random: Seeded, level: number): void {
  let [low, middle, high] = [0, 0, 0];
  for (let at = 0; at < samples.length; at++) {
    const white = random.next() * 2 - 1;
    low = 0.99765 * low + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    high = 0.57 * high + white * 1.0526913;
    samples[at] = (level * (low + middle + high + white * 0.1848)) / 5;
  }
}

/** Chords and a beat, a bar every two seconds. */
function music(samples: Float32Array, random: Seeded): void {
  const BAR = 2 * SAMPLE_RATE;
  const CHORDS = [
    [220, 277.2, 329.6],
    [196, 246.9, 293.7],
    [174.6, 220, 261.6],
    [164.8, 207.7, 246.9],
  ];
  for (let bar = 0; bar * BAR < samples.length; bar++) {
    const chord = CHORDS[Math.floor(random.next() * CHORDS.length)] ?? [];
    for (let at = 0; at < BAR && bar * BAR + at < samples.length; at++) {
      const seconds = at / SAMPLE_RATE;
      const fade = Math.exp(-seconds);
      const beat = Math.exp(-20 * (seconds % 0.5)) * Math.sin(2 * Math.PI * 60 * (seconds % 0.5));
      const tones = chord.reduce((sum, hertz) => {
        const phase = 2 * Math.PI * hertz * seconds;
        return sum + Math.sin(phase) + 0.4 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase);
      }, 0);
      samples[bar * BAR + at] = 0.06 * fade * tones + 0.3 * beat;
    }
  }
}

/** Clicks of keys, in bursts, over a quiet room. */
function typing(samples: Float32Array, random: Seeded): void {
  const CLICK = 0.012 * SAMPLE_RATE;
  pinkNoise(samples, random, 0.01);
  for (let at = 0; at < samples.length;) {
    const level = 0.1 + 0.4 * random.next();
    for (let step = 0; step < CLICK && at + step < samples.length; step++) {
      samples[at + step] = level * Math.exp(-step / 40) * (random.next() * 2 - 1);
    }
    const pause = random.next() < 0.1 ? 2 : 0.08 + 0.2 * random.next();
    at += Math.round(pause * SAMPLE_RATE);
  }
}
