import { readdirSync, readFileSync } from 'node:fs';

export interface TreeUse {
  /** Proportional set size of all processes together: shared pages are counted once. */
  pssBytes: number;
  /** What nobody else has: unlike the above, it does not change with what else runs on the machine. */
  privateBytes: number;
  processes: number;
  cpuMs: number;
}

export interface Smaps {
  /** Proportional set size, what is swapped out left out. */
  pssBytes: number;
  /** What nobody else has, swapped out or not: it would be free without the process. */
  privateBytes: number;
  /** Its share of what is swapped out. */
  swappedBytes: number;
}

/** Linux counts a process' time in hundredths of a second. */
const TICK_MS = 10;

/** @throws Error where the system does not tell what processes use: before hours are spent on figures that are none. */
export function requireProcessFigures(): void {
  if (treeUse(process.pid) === null) throw new Error('This suite reads /proc: run it on Linux.');
}

/** What a process and all its descendants use right now; null where there is no /proc. */
export function treeUse(rootPid: number): TreeUse | null {
  let pids: number[];
  try {
    pids = descendants(rootPid);
  } catch {
    return null;
  }
  const use: TreeUse = { pssBytes: 0, privateBytes: 0, processes: 0, cpuMs: 0 };
  for (const pid of pids) {
    try {
      const { pssBytes, privateBytes } = smapsOf(pid);
      use.pssBytes += pssBytes;
      use.privateBytes += privateBytes;
      use.cpuMs += statOf(pid).cpuMs;
      use.processes += 1;
    } catch {
      // It ended since the list was made.
    }
  }
  return use;
}

function descendants(rootPid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const { parent } = statOf(pid);
      children.set(parent, [...(children.get(parent) ?? []), pid]);
    } catch {
      // It ended since the list was made.
    }
  }
  const found = [rootPid];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Processor time of a process and its descendants, those that ended included: PostgreSQL's connections come and go. */
export function familyCpuMs(pid: number): number {
  return (treeUse(pid)?.cpuMs ?? Number.NaN) + statOf(pid).endedCpuMs;
}

export function parentOf(pid: number): number {
  return statOf(pid).parent;
}

/** `endedCpuMs` is that of its children that ended. */
function statOf(pid: number): { parent: number; cpuMs: number; endedCpuMs: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold spaces; fields count from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ms = (...at: number[]): number =>
    at.reduce((sum, field) => sum + Number(fields[field]) * TICK_MS, 0);
  return { parent: Number(fields[1]), cpuMs: ms(11, 12), endedCpuMs: ms(13, 14) };
}

/** What Linux says of the memory of a process. @throws Error when there is no such process, or no /proc */
export function smapsOf(pid: number): Smaps {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * 1_024;
  const swappedBytes = bytes('SwapPss');
  return {
    pssBytes: bytes('Pss'),
    privateBytes: bytes('Private_Clean') + bytes('Private_Dirty') + swappedBytes,
    swappedBytes,
  };
}
