/** What the embedding worker is asked. */
export interface EmbedRequest {
  id: number;
  texts: string[];
}

/** The files of the weights, as their package ships them. */
export const USE_LITE_FILES = [
  'model.json',
  'vocab.json',
  ...Array.from({ length: 7 }, (_, index) => `group1-shard${index + 1}of7`),
];
