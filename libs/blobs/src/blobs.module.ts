import { resolve } from 'node:path';
import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { PROJECT_ROOT, SETTINGS, type ServiceSettings } from '@parley/config';
import { HealthRegistry } from '@parley/health';
import type { BlobStore } from './blob-store';
import { Blobs } from './blobs';
import { KeyRing } from './sealing/key-ring';
import { FileBlobStore } from './stores/file-blob.store';

/** Injects `Blobs | null`: null where the operator has named no place for blobs. */
export const BLOBS = Symbol('BLOBS');

type BlobSettings = Pick<ServiceSettings, Extract<keyof ServiceSettings, `BLOBS_${string}`>>;

/** Blobs where the settings say, or null. */
export async function openBlobs(settings: BlobSettings): Promise<Blobs | null> {
  const store = await openStore(settings);
  if (!store || settings.BLOBS_KEY === undefined) return null;
  const keys = settings.BLOBS_KEY.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
  return new Blobs(store, new KeyRing(keys));
}

async function openStore(settings: BlobSettings): Promise<BlobStore | null> {
  const { BLOBS_S3_BUCKET: bucket, BLOBS_DIR: folder } = settings;
  if (bucket !== undefined) {
    const { BLOBS_S3_ACCESS_KEY_ID: id, BLOBS_S3_SECRET_ACCESS_KEY: secret } = settings;
    // Only here: most installations need no SDK, which takes its time and memory.
    const { S3BlobStore } = await import('./stores/s3-blob.store.js');
    return new S3BlobStore({
      bucket,
      region: settings.BLOBS_S3_REGION,
      endpoint: settings.BLOBS_S3_ENDPOINT,
      prefix: settings.BLOBS_S3_PREFIX,
      ...(id && secret ? { credentials: { accessKeyId: id, secretAccessKey: secret } } : {}),
    });
  }
  if (folder === undefined) return null;
  const files = new FileBlobStore(resolve(PROJECT_ROOT, folder));
  await files.tidy();
  return files;
}

/** Provides {@link BLOBS}, as the settings say. */
@Global()
@Module({})
export class BlobsModule implements OnApplicationShutdown {
  constructor(
    @Inject(BLOBS) private readonly blobs: Blobs | null,
    @Inject(HealthRegistry) health: HealthRegistry,
  ) {
    // Without them a meeting goes on: what was to be kept is counted as lost.
    if (blobs) health.registerHealthCheck('blobs', false, () => blobs.probe());
  }

  static forRoot(): DynamicModule {
    return {
      module: BlobsModule,
      providers: [
        {
          provide: BLOBS,
          useFactory: (settings: ServiceSettings) => openBlobs(settings),
          inject: [SETTINGS],
        },
      ],
      exports: [BLOBS],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.blobs?.close();
  }
}
