/** What the worker of a streaming model is asked. */
export interface UtteranceRequest {
  id: number;
  /** 16 kHz mono. */
  samples: Float32Array;
}
