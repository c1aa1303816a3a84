const WIDTH = 30;

/** `██████░░░░  42 %  0:51 of 2:00`, both in milliseconds. */
export function progressBar(doneMs: number, totalMs: number): string {
  const share = totalMs === 0 ? 1 : Math.min(1, doneMs / totalMs);
  const filled = Math.round(share * WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  return `${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${time(doneMs)} of ${time(totalMs)}`;
}

function time(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
