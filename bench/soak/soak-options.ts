import type { ServiceUrls } from '@parley/client';

/** What is held, and how much faster than people speak. */
export interface SoakOptions {
  meetings: number;
  /** Of each meeting, in its own time. */
  hours: number;
  /** So many times faster than in real time. */
  speed: number;
  /** Of the time in which somebody speaks. */
  share: number;
}

/** The order to the process that holds the meetings. */
export interface SoakOrder extends SoakOptions {
  urls: ServiceUrls;
}

/** What it says, a line of JSON each: how far it is, and at the end what came of it. */
export type SoakReport =
  | { kind: 'at'; minutes: number }
  | { kind: 'done'; lines: number; lostMs: number; unaccountedMs: number };
