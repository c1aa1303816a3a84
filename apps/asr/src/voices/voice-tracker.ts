import { newId } from '@parley/contracts';
import { joined, likeness, likenessOf, product, sumOf, type VoiceSum } from './mean-voice';
import { smoothPath } from './smooth-path';
import { twoVoices } from './two-voices';
import { WINDOW_MS, WINDOW_STEP_MS, type VoiceWindow } from './voice-window';

/** A voice that was heard, by the id of whoever speaks with it. */
export interface KnownVoice extends VoiceSum {
  id: string;
}

/** What has been learnt of a channel's voices; plain data, kept with the meeting. */
export interface VoicesState {
  voices: KnownVoice[];
  /** How alike windows of one voice are here: the sum over pairs, and how many. */
  alike: { sum: number; pairs: number };
  /** Whose vectors these are: those of another engine cannot be compared with them. */
  engine?: string;
}

export const NO_VOICES: VoicesState = { voices: [], alike: { sum: 10, pairs: 20 } };

/** A run of windows with one voice; null when nobody can say whose. */
export interface VoiceRun {
  voiceId: string | null;
  first: number;
  last: number;
}

/*
 * All likeness is a share of what windows of one and the same voice have here, with this microphone and this room:
 * that makes one set of numbers fit clean and poor lines. Tuned on the sample meeting mixed into one channel, and on
 * real conversation; see docs/adr/0025-online-diarization.md.
 */
/** At least so alike to a known voice, or it is another. */
const SAME_VOICE = 0.8;
/** Two halves of a stretch that are less alike are two voices. */
const TWO_VOICES = 0.7;
const CHANGE_COST = 1.2;
/** Who spoke for less is not taken for somebody new. */
const SHORTEST_NEW = 5;
const SHORTEST_HALF = 3;
/** From so many windows on, about four seconds, a voice is somebody; until then it may be an odd sound of another's. */
const SURE = 14;
/** Windows so far apart share no samples. */
const APART = WINDOW_MS / WINDOW_STEP_MS;

/**
 * Tells, utterance by utterance, who of those heard before speaks when, and who is new. A voice that is neither alike
 * enough nor heard for long enough stays unknown, and so does a mixture that is near to no single voice.
 */
export class VoiceTracker {
  private voices: KnownVoice[];
  private alike: VoicesState['alike'];

  constructor({ voices, alike }: VoicesState = NO_VOICES) {
    this.voices = [...voices];
    this.alike = { ...alike };
  }

  get state(): VoicesState {
    return { voices: this.voices, alike: this.alike };
  }

  /** The voices of which enough has been heard to call them somebody. */
  get sure(): Set<string> {
    return new Set(this.voices.filter(({ count }) => count >= SURE).map(({ id }) => id));
  }

  /** @param windows of one utterance, in order */
  follow(windows: readonly VoiceWindow[]): VoiceRun[] {
    const vectors = windows.map(({ vector }) => vector);
    if (vectors.length === 0) return [];
    const known = this.voices.length;
    const path = this.knownPath(vectors);
    const owners = path.map((at) => this.voices[at]?.id ?? null);
    for (const run of runsOf(path)) {
      const clean = range(run).filter((at) => !windows[at]?.mixed);
      if (path[run.first] === known && clean.length > 0)
        this.introduce(vectors, clean, owners, known);
    }
    if (this.voices.length > known) this.fillMixed(windows, vectors, owners);
    this.learn(
      windows.map(({ vector, mixed }) => (mixed ? null : vector)),
      owners,
      known,
    );
    return runsOf(owners).map(({ first, last }) => ({
      first,
      last,
      voiceId: owners[first] ?? null,
    }));
  }

  /** To voices that are new a mixture belongs by the same rule as to those known before: it cuts no turn in two. */
  private fillMixed(
    windows: readonly VoiceWindow[],
    vectors: readonly Float32Array[],
    owners: (string | null)[],
  ): void {
    for (const [at, voice] of this.knownPath(vectors).entries()) {
      if (windows[at]?.mixed) owners[at] ??= this.voices[voice]?.id ?? null;
    }
  }

  private get norm(): number {
    return this.alike.sum / this.alike.pairs;
  }

  /** For each window the known voice, or one more than there are. */
  private knownPath(vectors: readonly Float32Array[]): number[] {
    const { norm, voices } = this;
    return smoothPath(vectors.length, voices.length + 1, CHANGE_COST, (step, option) => {
      const [vector, voice] = [vectors[step], voices[option]];
      return vector && voice ? likenessOf(vector, voice) / norm : SAME_VOICE;
    });
  }

  /** Nobody known speaks in the windows `at`: one or several new voices, or nobody can say. */
  private introduce(
    vectors: readonly Float32Array[],
    at: readonly number[],
    owners: (string | null)[],
    known: number,
  ): void {
    const stretch = at.flatMap((one) => vectors[one] ?? []);
    const two = twoVoices(stretch, CHANGE_COST * this.norm);
    if (two && two.likeness / this.norm < TWO_VOICES) {
      const halves = [0, 1].map((side) => at.filter((_, place) => two.sides[place] === side));
      if (halves.every(({ length }) => length >= SHORTEST_HALF)) {
        for (const half of halves) this.introduce(vectors, half, owners, known);
        return;
      }
    }
    const voice = sumOf(stretch);
    // This very utterance may have introduced the voice already.
    const same = this.voices
      .slice(known)
      .find((one) => likeness(one, voice) / this.norm >= SAME_VOICE);
    if (!same && at.length < SHORTEST_NEW) return;
    const id = same?.id ?? newId();
    if (!same) this.voices.push({ id, ...voice });
    for (const one of at) owners[one] = id;
  }

  private learn(
    vectors: readonly (Float32Array | null)[],
    owners: readonly (string | null)[],
    known: number,
  ): void {
    this.voices = this.voices.map((voice, at) => {
      const more = vectors.flatMap((one, place) =>
        one && owners[place] === voice.id ? [one] : [],
      );
      return at < known && more.length > 0 ? { ...voice, ...joined(voice, sumOf(more)) } : voice;
    });
    for (const { first, last } of runsOf(owners)) {
      if (owners[first] !== null) this.compare(vectors.slice(first, last + 1));
    }
  }

  private compare(vectors: readonly (Float32Array | null)[]): void {
    for (const [at, a] of vectors.entries()) {
      for (const b of vectors.slice(at + APART)) {
        if (!a || !b) continue;
        this.alike.sum += product(a, b);
        this.alike.pairs++;
      }
    }
  }
}

function runsOf(values: readonly unknown[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const [at, value] of values.entries()) {
    const run = runs.at(-1);
    if (run && values[run.first] === value) run.last = at;
    else runs.push({ first: at, last: at });
  }
  return runs;
}

function range({ first, last }: { first: number; last: number }): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
