import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

const LOOK_EVERY_MS = 2_000;

export interface FileWatch {
  stop(): void;
}

/**
 * Tells the new content of a small file once it is other than `current`. It looks rather than listens:
 * secrets are links that are swapped, which file system events miss. A file that cannot be read counts as
 * not changed.
 * @param everyMs Default: 2000.
 */
export function watchFile(
  path: string,
  current: string,
  changed: (text: string) => void,
  everyMs = LOOK_EVERY_MS,
): FileWatch {
  let mark = '';
  let content = hash('sha256', current);
  let looking = false;
  const look = async (): Promise<void> => {
    const { mtimeMs, size, ino } = await stat(path);
    const newMark = `${mtimeMs}:${size}:${ino}`;
    if (newMark === mark) return;
    const text = (await readFile(path, 'utf8')).trim();
    const newContent = hash('sha256', text);
    mark = newMark;
    if (newContent === content) return;
    content = newContent;
    changed(text);
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      // Between two versions there may be none for a moment.
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  }, everyMs).unref();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}
