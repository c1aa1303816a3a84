export * from './blob-name';
export * from './blob-store';
export * from './blobs';
export * from './blobs.module';
export * from './blobs-unavailable.error';
export * from './reached';
export * from './reseal-all';
export { BlobDamagedError } from './sealing/blob-damaged.error';
