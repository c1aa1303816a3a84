import { hash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  areServiceKeys,
  listOf,
  SETTINGS,
  settingFile,
  type ServiceSettings,
} from '@parley/config';
import { logEvent } from '@parley/observability';
import { watchFile, type FileWatch } from './watch-file';

/**
 * The operator's keys that are valid now: SHA-256 hashes, compared in constant time. Keys that came from a file
 * follow it while the service runs: to change one, add the new one at the end, then remove the old.
 */
@Injectable()
export class ServiceKeys implements OnApplicationShutdown {
  private hashes: Buffer[] = [];
  private first: string | undefined;
  private readonly watch: FileWatch | undefined;

  constructor(@Inject(SETTINGS) settings: Pick<ServiceSettings, 'SERVICE_API_KEY'>) {
    const keys = settings.SERVICE_API_KEY ?? '';
    this.use(keys);
    const file = keys === '' ? undefined : settingFile('SERVICE_API_KEY');
    if (file) {
      this.watch = watchFile(file, keys, (text) => {
        this.changed(text);
      });
    }
  }

  /** What a service shows to the others; undefined where nobody set a key. */
  get own(): string | undefined {
    return this.first;
  }

  /**
   * @param shown SHA-256 of a key.
   * @returns a name for the key that is stable and not secret, or null when it is not one of ours.
   */
  match(shown: Buffer): string | null {
    let known = false;
    // All of them, whatever is found: the time taken says nothing.
    for (const valid of this.hashes) if (timingSafeEqual(valid, shown)) known = true;
    return known ? `key:${shown.toString('hex', 0, 6)}` : null;
  }

  onApplicationShutdown(): void {
    this.watch?.stop();
  }

  private changed(text: string): void {
    if (areServiceKeys(text)) {
      this.use(text);
      logEvent('access.keys-read', { keys: this.hashes.length });
    } else {
      logEvent('access.keys-invalid');
    }
  }

  private use(text: string): void {
    const keys = listOf(text);
    this.first = keys[0];
    this.hashes = keys.map((key) => hash('sha256', key, 'buffer'));
  }
}
