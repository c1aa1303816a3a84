export interface EndpointPolicy {
  /** Speech shorter than this is a click or a cough. */
  onsetMs: number;
  /** What stands before the first speech and still belongs to it: first words survive. */
  preRollMs: number;
  /** A pause this long may be the end: time to decode, in case it is. What it covers belongs to the utterance. */
  pauseMs: number;
  /** A pause this long is the end. */
  endMs: number;
  /** From this length on ever shorter pauses are enough: a natural pause is a better cut than a forced one. */
  eagerAfterMs: number;
  /** Nothing is longer: it is cut. So no draft has to hear more than this again, however long somebody goes on. */
  longestMs: number;
}

export const defaultPolicy: EndpointPolicy = {
  onsetMs: 64,
  preRollMs: 448,
  pauseMs: 192,
  endMs: 480,
  eagerAfterMs: 7_000,
  longestMs: 15_000,
};

/** An utterance's place; the speech in it is what remains without pre-roll and pause. */
export interface UtteranceBounds {
  startMs: number;
  endMs: number;
  speechStartMs: number;
  speechEndMs: number;
}

export type EndpointEvent =
  | { kind: 'begin'; startMs: number }
  | { kind: 'pause'; bounds: UtteranceBounds }
  | { kind: 'resume' }
  | { kind: 'end'; bounds: UtteranceBounds }
  /** Whoever hears it answers with {@link Endpointer.cut}. */
  | { kind: 'too-long'; startMs: number };

type State =
  | { name: 'quiet'; runStartMs: number | null }
  | {
      name: 'speaking';
      startMs: number;
      speechStartMs: number;
      speechEndMs: number;
      pausedAtMs: number | null;
    };

/** Decides, frame by frame, where an utterance begins and ends. Knows nothing of samples or engines. */
export class Endpointer {
  private state: State = { name: 'quiet', runStartMs: null };

  /** @param floorMs no utterance begins before it: what is earlier has been accounted for */
  constructor(
    private readonly policy: EndpointPolicy,
    private floorMs: number,
  ) {}

  get speaking(): boolean {
    return this.state.name === 'speaking';
  }

  get paused(): boolean {
    return this.state.name === 'speaking' && this.state.pausedAtMs !== null;
  }

  /** Something that may become a word has just begun. */
  get onset(): boolean {
    return this.state.name === 'quiet' && this.state.runStartMs !== null;
  }

  /** While quiet: up to where nothing can become part of an utterance any more. */
  quietUntil(heardMs: number): number {
    if (this.state.name === 'speaking') return this.floorMs;
    return Math.max(this.floorMs, (this.state.runStartMs ?? heardMs) - this.policy.preRollMs);
  }

  /** Everything before `atMs` has been accounted for. */
  raiseFloor(atMs: number): void {
    this.floorMs = Math.max(this.floorMs, atMs);
  }

  frame(speech: boolean, startMs: number, endMs: number): EndpointEvent[] {
    const { state } = this;
    if (state.name === 'quiet') return this.quietFrame(state, speech, startMs, endMs);
    const events = speech ? this.speechFrame(state, endMs) : this.pauseFrame(state, endMs);
    if (this.speaking && endMs - state.startMs >= this.policy.longestMs) {
      events.push({ kind: 'too-long', startMs: state.startMs });
    }
    return events;
  }

  /** Divides the utterance in hand: the part from `atMs` on goes on as the next one. */
  cut(atMs: number): UtteranceBounds | null {
    const { state } = this;
    if (state.name === 'quiet') return null;
    const bounds = {
      startMs: state.startMs,
      endMs: atMs,
      speechStartMs: state.speechStartMs,
      speechEndMs: Math.min(state.speechEndMs, atMs),
    };
    this.floorMs = atMs;
    this.state = {
      ...state,
      startMs: atMs,
      speechStartMs: atMs,
      speechEndMs: Math.max(state.speechEndMs, atMs),
      pausedAtMs: null,
    };
    return bounds;
  }

  /** Nothing follows at `atMs`: ends the utterance in hand, if there is one. */
  flush(atMs: number): UtteranceBounds | null {
    const { state } = this;
    this.state = { name: 'quiet', runStartMs: null };
    if (state.name === 'quiet') return null;
    return this.close(state, state.pausedAtMs ?? atMs);
  }

  private quietFrame(
    state: State & { name: 'quiet' },
    speech: boolean,
    startMs: number,
    endMs: number,
  ): EndpointEvent[] {
    if (!speech) {
      state.runStartMs = null;
      return [];
    }
    state.runStartMs ??= startMs;
    if (endMs - state.runStartMs < this.policy.onsetMs) return [];
    const begin = Math.max(this.floorMs, state.runStartMs - this.policy.preRollMs);
    this.state = {
      name: 'speaking',
      startMs: begin,
      speechStartMs: state.runStartMs,
      speechEndMs: endMs,
      pausedAtMs: null,
    };
    return [{ kind: 'begin', startMs: begin }];
  }

  private speechFrame(state: State & { name: 'speaking' }, endMs: number): EndpointEvent[] {
    const resumes = state.pausedAtMs !== null;
    state.speechEndMs = endMs;
    state.pausedAtMs = null;
    return resumes ? [{ kind: 'resume' }] : [];
  }

  private pauseFrame(state: State & { name: 'speaking' }, endMs: number): EndpointEvent[] {
    const silentMs = endMs - state.speechEndMs;
    const events: EndpointEvent[] = [];
    if (state.pausedAtMs === null && silentMs >= this.policy.pauseMs) {
      state.pausedAtMs = endMs;
      events.push({ kind: 'pause', bounds: bounds(state, endMs) });
    }
    if (silentMs >= this.neededPauseMs(endMs - state.startMs)) {
      this.state = { name: 'quiet', runStartMs: null };
      events.push({ kind: 'end', bounds: this.close(state, state.pausedAtMs ?? endMs) });
    }
    return events;
  }

  /** Shrinks from `endMs` to nothing as the utterance grows from `eagerAfterMs` to `longestMs`. */
  private neededPauseMs(lengthMs: number): number {
    const { endMs, eagerAfterMs, longestMs } = this.policy;
    const left = (longestMs - lengthMs) / (longestMs - eagerAfterMs);
    return endMs * Math.min(1, Math.max(0, left));
  }

  private close(state: State & { name: 'speaking' }, endMs: number): UtteranceBounds {
    this.floorMs = endMs;
    return bounds(state, endMs);
  }
}

function bounds(state: State & { name: 'speaking' }, endMs: number): UtteranceBounds {
  const { startMs, speechStartMs, speechEndMs } = state;
  return { startMs, endMs, speechStartMs, speechEndMs };
}
