export * from './blob-name';
export * from './blob-store';
export * from './blobs';
export * from './blobs.module';
export * from './blobs-unavailable.error';
export { BlobDamagedError } from './sealing/blob-damaged.error';
