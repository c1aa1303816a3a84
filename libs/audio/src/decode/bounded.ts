import { BYTES_PER_MS } from '../pcm/pcm';
import type { DecodeClock } from './decode-clock';
import { DecodeError } from './decode-failure';
import type { Pieces } from './limits';

/**
 * The same pieces, of whole milliseconds, as long as they are no more than may be.
 * @throws DecodeError `too-long`, `too-slow`; `empty` where there are none
 */
export async function* bounded(pieces: Pieces, clock: DecodeClock, longestMs: number): Pieces {
  let bytes = 0;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      const next = await clock.time(pieces.next());
      if (next.done) break;
      bytes += next.value.length;
      if (bytes > longestMs * BYTES_PER_MS) throw new DecodeError('too-long');
      const all = rest.length > 0 ? Buffer.concat([rest, next.value]) : next.value;
      const whole = all.length - (all.length % BYTES_PER_MS);
      rest = all.subarray(whole);
      if (whole > 0) yield all.subarray(0, whole);
    }
  } finally {
    await pieces.return();
  }
  if (bytes < BYTES_PER_MS) throw new DecodeError('empty');
}
