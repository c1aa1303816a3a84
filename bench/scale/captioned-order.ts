import type { ServiceUrls } from '@parley/client';

/** The order to the process that holds meetings of which others hear the words. */
export interface CaptionedOrder {
  urls: ServiceUrls;
  meetings: number;
  seconds: number;
  linesPerMinute: number;
}

export interface CaptionedMeetings {
  sent: number;
  /** Lines that never came back over the timeline of their meeting. */
  missing: number;
  /** From when a line was sent until who watches its meeting had it. */
  lateP50Ms: number | null;
  lateP95Ms: number | null;
  cpuMs: number;
}
