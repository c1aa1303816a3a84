import { readFileSync } from 'node:fs';

/** Names this process so that no later one with the same pid (a restarted container) is taken for it. */
export function thisProcess(): string {
  return `${process.pid} ${startedAt(process.pid)}`;
}

/** Whether the process that left `mark` still runs. */
export function isRunning(mark: string): boolean {
  const [pidText, started = ''] = mark.trim().split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === '' || started === startedAt(pid);
}

/** Boot and clock tick at which a process started; empty where the system does not tell (not Linux). */
function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces; the start is the 20th field after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${ticks ?? ''}`;
  } catch {
    return '';
  }
}
