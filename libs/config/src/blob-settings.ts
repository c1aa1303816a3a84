import { z } from 'zod';

const KEY_BYTES = 32;
const services = ['ingestion', 'rag'];

const isKeyList = (text: string): boolean =>
  text.split(',').every((key) => Buffer.from(key.trim(), 'base64').length === KEY_BYTES);

/** Where recordings and original documents are kept, and the key that seals them. */
export const blobSettings = {
  BLOBS_DIR: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        'Folder for recordings and original documents, which all replicas of ingestion and rag share. Unset, and no ' +
        'BLOBS_S3_BUCKET: neither is kept; npm start takes <DATA_DIR>/blobs.',
      derived: true,
      services,
    }),
  BLOBS_S3_BUCKET: z.string().min(3).max(63).optional().meta({
    description:
      'A bucket for them instead, of anything that speaks S3. Without versions of objects.',
    services,
  }),
  BLOBS_S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ description: 'Where the bucket is. Unset: at Amazon.', services }),
  BLOBS_S3_REGION: z
    .string()
    .min(1)
    .default('us-east-1')
    .meta({ description: 'The region of the bucket.', services }),
  BLOBS_S3_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9/_-]*$/)
    .default('')
    .meta({ description: 'Goes before every name in the bucket, e.g. `parley/`.', services }),
  BLOBS_S3_ACCESS_KEY_ID: z.string().optional().meta({
    description: 'Unset: as Amazon’s SDK finds them, for instance the role of the machine.',
    services,
  }),
  BLOBS_S3_SECRET_ACCESS_KEY: z
    .string()
    .optional()
    .meta({ secret: true, description: 'Its secret.', services }),
  BLOBS_KEY: z
    .string()
    .refine(isKeyList, 'expected the base64 of 32 bytes, or several, comma-separated')
    .optional()
    .meta({
      secret: true,
      description:
        'Seals recordings and original documents: 32 bytes, base64. Several, comma-separated, for rotation: the first ' +
        'seals. npm start makes one and keeps it below DATA_DIR/secrets.',
      services,
    }),
};
