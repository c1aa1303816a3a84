import { readFileSync } from 'node:fs';
import { treeUse } from './process-tree';

/** Linux counts a process' time in hundredths of a second. */
const TICK_MS = 10;

/** Processor time of a process and its descendants, those that ended included: PostgreSQL's connections come and go. */
export function familyCpuMs(pid: number): number {
  const ended = fieldsOf(pid).slice(13, 15).map(Number);
  const living = treeUse(pid)?.cpuMs ?? Number.NaN;
  return ended.reduce((sum, ticks) => sum + ticks * TICK_MS, living);
}

export function parentOf(pid: number): number {
  return Number(fieldsOf(pid)[1]);
}

/** Of /proc/<pid>/stat, those behind the name. */
function fieldsOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
