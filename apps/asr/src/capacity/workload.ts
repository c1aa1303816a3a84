import type { Clock } from '@parley/contracts';

/** Seconds of work for one second of one meeting. */
export interface Costs {
  /** Of the speech engine, for final text: what can be left out when there is much to do does not count. */
  decoding: number;
  /** Of the event loop, for telling speech from silence. */
  hearing: number;
}

/** What was learnt counts half after so long. */
const HALF_LIFE_SECONDS = 60;
/** An expectation counts like so much experience. */
const EXPECTED_SECONDS = 60;
/** Meetings that are silent may begin to talk: they are never taken for much cheaper than expected. */
const LEAST_OF_EXPECTED = 0.5;
/** Until the engine has been measured: a slow machine. */
const UNKNOWN: Costs = { decoding: 0.05, hearing: 0.02 };

/** What listening to a meeting costs this replica: as expected at first, then as experienced lately. */
export class Workload {
  private expected = UNKNOWN;
  private decodingSeconds = 0;
  private hearingSeconds = 0;
  private meetingSeconds = 0;
  private passedAt: number;

  constructor(private readonly clock: Clock) {
    this.passedAt = clock.now();
  }

  expect(costs: Costs): void {
    this.expected = costs;
  }

  decoded(seconds: number): void {
    this.decodingSeconds += seconds;
  }

  heard(seconds: number): void {
    this.hearingSeconds += seconds;
  }

  /** So many meetings were listened to since the last call. */
  passed(meetings: number): void {
    const seconds = (this.clock.now() - this.passedAt) / 1_000;
    this.passedAt = this.clock.now();
    // Without meetings nothing is learnt, and so nothing forgotten.
    if (meetings === 0) return;
    const kept = 0.5 ** (seconds / HALF_LIFE_SECONDS);
    this.decodingSeconds *= kept;
    this.hearingSeconds *= kept;
    this.meetingSeconds = this.meetingSeconds * kept + meetings * seconds;
  }

  get costs(): Costs {
    return {
      decoding: this.cost(this.decodingSeconds, this.expected.decoding),
      hearing: this.cost(this.hearingSeconds, this.expected.hearing),
    };
  }

  private cost(spentSeconds: number, expected: number): number {
    const experienced =
      (spentSeconds + expected * EXPECTED_SECONDS) / (this.meetingSeconds + EXPECTED_SECONDS);
    return Math.max(experienced, expected * LEAST_OF_EXPECTED);
  }
}
