import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { SAMPLE_RATE } from '@parley/audio';
import type { OverlapSpan } from '@parley/contracts';

/** Every second sample is enough for pitch. */
const RATE = SAMPLE_RATE / 2;
const FRAME = 0.032 * RATE;
const STEP = 0.02 * RATE;
/** 400 down to 80 Hz. */
const [SHORTEST_PERIOD, LONGEST_PERIOD] = [RATE / 400, RATE / 80];
/** A frame this much below the loud ones is a pause. */
const LOUD = 0.1;
const LOUD_AMONG = 0.9;

/*
 * Chosen on two-minute sums of the sample meeting's voices and of three real ones; see
 * docs/adr/0025-online-diarization.md. One voice repeats itself after its period almost exactly: what is left when that
 * repetition is taken away has none.
 */
/** A frame that repeats itself better than this has one voice. */
const ONE_VOICE = 0.85;
/** What is left repeats itself at least so well, or it is noise. */
const SECOND_VOICE = 0.65;
/** A period this near to a multiple of the other is the same voice's. */
const SAME_VOICE = 0.06;
const FEWEST_FRAMES = 3;
const LONGEST_PAUSE_MS = 400;
const EDGE_MS = 60;
/** Others have their turn after so many frames, five milliseconds of work. */
const FRAMES_AT_ONCE = 100;

interface Frame {
  atMs: number;
  energy: number;
  hasTwo: boolean;
}

/**
 * Where two people speak at once: where speech has two pitches. It finds voiced speech of two who are about as loud, and
 * misses the rest rather than mark what may be one.
 * @param samples 16 kHz mono
 * @returns spans in milliseconds from the first sample, in order
 */
export async function twoPitches(samples: Float32Array): Promise<OverlapSpan[]> {
  const signal = halved(samples);
  const frames: Frame[] = [];
  const rest = new Float32Array(FRAME + LONGEST_PERIOD);
  for (let at = 0; at + FRAME + 2 * LONGEST_PERIOD < signal.length; at += STEP) {
    frames.push(frameAt(signal, at, rest));
    if (frames.length % FRAMES_AT_ONCE === 0) await yieldToOthers();
  }
  const energies = frames.map(({ energy }) => energy).sort((a, b) => a - b);
  const quiet = LOUD * (energies[Math.floor(energies.length * LOUD_AMONG)] ?? 0);
  return spansOf(frames.filter(({ energy, hasTwo }) => hasTwo && energy > quiet));
}

function frameAt(signal: Float32Array, at: number, rest: Float32Array): Frame {
  const first = repetition(signal, at);
  const atMs = ((at + FRAME / 2) / RATE) * 1_000;
  if (first.likeness >= ONE_VOICE) return { atMs, energy: first.energy, hasTwo: false };
  for (let index = 0; index < rest.length; index++) {
    const before = signal[at + index + first.period] ?? 0;
    rest[index] = (signal[at + index] ?? 0) - first.likeness * before;
  }
  const second = repetition(rest, 0);
  const hasTwo = second.likeness > SECOND_VOICE && !isMultiple(first.period, second.period);
  return { atMs, energy: first.energy, hasTwo };
}

/** After how many samples the frame at `at` is most like itself, and how like. */
function repetition(signal: Float32Array, at: number) {
  const energy = energyOf(signal, at);
  let shifted = energyOf(signal, at + SHORTEST_PERIOD);
  let [period, likeness] = [SHORTEST_PERIOD, -1];
  for (let lag = SHORTEST_PERIOD; lag <= LONGEST_PERIOD; lag++) {
    let product = 0;
    for (let index = at; index < at + FRAME; index++) {
      product += (signal[index] ?? 0) * (signal[index + lag] ?? 0);
    }
    const here = product / Math.sqrt(energy * shifted + 1e-9);
    if (here > likeness) [period, likeness] = [lag, here];
    const [goes, comes] = [signal[at + lag] ?? 0, signal[at + lag + FRAME] ?? 0];
    shifted = Math.max(0, shifted + comes ** 2 - goes ** 2);
  }
  return { period, likeness, energy };
}

function energyOf(signal: Float32Array, from: number): number {
  let sum = 0;
  for (let index = from; index < from + FRAME; index++) sum += (signal[index] ?? 0) ** 2;
  return sum;
}

function isMultiple(one: number, other: number): boolean {
  const ratio = Math.max(one, other) / Math.min(one, other);
  const whole = Math.round(ratio);
  return Math.abs(ratio - whole) < SAME_VOICE * whole;
}

function spansOf(frames: readonly Frame[]): OverlapSpan[] {
  const runs: number[][] = [];
  for (const { atMs } of frames) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last !== undefined && atMs - last <= LONGEST_PAUSE_MS) run.push(atMs);
    else runs.push([atMs]);
  }
  return runs
    .filter(({ length }) => length >= FEWEST_FRAMES)
    .map((run) => ({
      startMs: Math.max(0, Math.round((run[0] ?? 0) - EDGE_MS)),
      endMs: Math.round((run.at(-1) ?? 0) + EDGE_MS),
    }));
}

function halved(samples: Float32Array): Float32Array {
  const signal = new Float32Array(Math.floor(samples.length / 2));
  for (let index = 0; index < signal.length; index++) {
    signal[index] = ((samples[2 * index] ?? 0) + (samples[2 * index + 1] ?? 0)) / 2;
  }
  return signal;
}
