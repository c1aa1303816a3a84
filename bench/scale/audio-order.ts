/** So much audio is sent at a time: what Parley's page and most clients send. */
export const FRAME_MS = 200;

/** The order to those who write audio, and to those who read it. */
export interface AudioOrder {
  redisUrl: string;
  meetings: string[];
  seconds: number;
}

export interface AudioWritten {
  frames: number;
  cpuMs: number;
}

export interface AudioRead {
  frames: number;
  /** From when Redis had a frame until a reader had it. */
  lateP50Ms: number | null;
  lateP95Ms: number | null;
  cpuMs: number;
}
