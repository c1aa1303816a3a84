import { BYTES_PER_MS } from '@parley/audio';
import { embeddedBus, type AudioEntry } from '@parley/bus';

/** Reads the audio of one meeting as asr does: what it took is trimmed, so that more has room. */
export class LogReader {
  readonly entries: AudioEntry[] = [];

  constructor(private readonly meetingId: string) {}

  /** Reads until `enough` says so, after each entry. */
  async readUntil(enough: (entry: AudioEntry) => boolean): Promise<void> {
    const log = embeddedBus()?.audioLog;
    if (!log) throw new Error('there is no embedded bus');
    for (;;) {
      for (const { id, entry } of await log.read(this.meetingId, null, { waitMs: 100, limit: 1 })) {
        this.entries.push(entry);
        await log.trim(this.meetingId, id);
        if (enough(entry)) return;
      }
    }
  }

  /** What was said, in the order it came. @throws unless each entry begins where the one before it ended */
  get pcm(): Buffer {
    const audio = this.entries.flatMap((entry) => (entry.kind === 'audio' ? [entry] : []));
    let atMs = 0;
    for (const { startMs, pcm } of audio) {
      if (startMs !== atMs) throw new Error(`audio stands at ${startMs} instead of ${atMs}`);
      atMs += pcm.length / BYTES_PER_MS;
    }
    return Buffer.concat(audio.map(({ pcm }) => pcm));
  }
}
