/** A model that is to be loaded and asked once. */
export interface CheckTask {
  kind: 'offline' | 'streaming' | 'speaker';
  config: object;
}

/** It could be. */
export interface CheckAnswer {
  /** How long a voice's vector is. */
  dimensions: number | null;
}
