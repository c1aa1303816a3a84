import {
  endOfAudio,
  heldBytesOf,
  type AudioEntry,
  type AudioLog,
  type StoredAudioEntry,
} from '../audio-log';
import { AudioForgottenError, BusClosedError, BusFullError } from '../delivery/bus-errors';
import { compareIds, EntryIds } from '../ids/entry-ids';

export interface MemoryAudioLogOptions {
  /** Audio kept for all meetings together; beyond it `append` rejects. Default: 256 MiB. */
  maxBytes?: number;
}

interface Meeting {
  entries: StoredAudioEntry[];
  heldBytes: Map<string, number>;
  endMs: Map<string, number>;
}

/** Audio of live meetings in the memory of one process; what nobody trimmed is lost with it. */
export class MemoryAudioLog implements AudioLog {
  private readonly maxBytes: number;
  private readonly meetings = new Map<string, Meeting>();
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly ids = new EntryIds();
  private readonly forgotten = new Set<string>();
  private bytes = 0;
  private closed = false;

  constructor(options: MemoryAudioLogOptions = {}) {
    this.maxBytes = options.maxBytes ?? 256 * 1024 * 1024;
  }

  append(meetingId: string, entry: AudioEntry): Promise<string> {
    if (this.closed) return Promise.reject(new BusClosedError());
    if (this.forgotten.has(meetingId)) return Promise.reject(new AudioForgottenError(meetingId));
    const bytes = heldBytesOf(entry);
    if (this.bytes + bytes > this.maxBytes) return Promise.reject(new BusFullError('audio'));
    const meeting = this.meetings.get(meetingId) ?? noMeeting();
    this.meetings.set(meetingId, meeting);
    const id = this.ids.next();
    // A copy: the caller may reuse its buffer.
    const own = entry.kind === 'audio' ? { ...entry, pcm: Buffer.from(entry.pcm) } : { ...entry };
    meeting.entries.push({ id, entry: own });
    this.count(meeting, entry.channel, bytes);
    const { endMs } = meeting;
    endMs.set(entry.channel, Math.max(endMs.get(entry.channel) ?? 0, endOfAudio(entry)));
    this.wake(meetingId);
    return Promise.resolve(id);
  }

  async read(
    meetingId: string,
    afterId: string | null,
    options: { waitMs: number; limit: number; signal?: AbortSignal },
  ): Promise<StoredAudioEntry[]> {
    if (this.closed) throw new BusClosedError();
    const found = this.after(meetingId, afterId, options.limit);
    if (found.length > 0 || options.waitMs <= 0 || options.signal?.aborted) return found;
    await this.waitForEntry(meetingId, options.waitMs, options.signal);
    if (options.signal?.aborted) return [];
    return this.after(meetingId, afterId, options.limit);
  }

  trim(meetingId: string, throughId: string): Promise<void> {
    const meeting = this.meetings.get(meetingId);
    while (meeting?.entries[0] && compareIds(meeting.entries[0].id, throughId) <= 0) {
      const { entry } = meeting.entries[0];
      meeting.entries.shift();
      this.count(meeting, entry.channel, -heldBytesOf(entry));
    }
    return Promise.resolve();
  }

  receivedMs(meetingId: string, channel: string): Promise<number> {
    return Promise.resolve(this.meetings.get(meetingId)?.endMs.get(channel) ?? 0);
  }

  heldBytes(meetingId: string, channel: string): Promise<number> {
    return Promise.resolve(this.meetings.get(meetingId)?.heldBytes.get(channel) ?? 0);
  }

  delete(meetingId: string): Promise<void> {
    const held = this.meetings.get(meetingId)?.heldBytes.values() ?? [];
    for (const bytes of held) this.bytes -= bytes;
    this.meetings.delete(meetingId);
    return Promise.resolve();
  }

  async forget(meetingId: string): Promise<number> {
    // Ids alone, of meetings that somebody erased by hand or by age: few, and short.
    this.forgotten.add(meetingId);
    const went = this.meetings.get(meetingId)?.entries.length ?? 0;
    await this.delete(meetingId);
    return went;
  }

  close(): Promise<void> {
    this.closed = true;
    for (const meetingId of this.waiting.keys()) this.wake(meetingId);
    this.meetings.clear();
    this.bytes = 0;
    return Promise.resolve();
  }

  private after(meetingId: string, afterId: string | null, limit: number): StoredAudioEntry[] {
    const entries = this.meetings.get(meetingId)?.entries ?? [];
    if (afterId === null) return entries.slice(0, limit);
    const first = entries.findIndex(({ id }) => compareIds(id, afterId) > 0);
    return first < 0 ? [] : entries.slice(first, first + limit);
  }

  private count(meeting: Meeting, channel: string, bytes: number): void {
    this.bytes += bytes;
    meeting.heldBytes.set(channel, (meeting.heldBytes.get(channel) ?? 0) + bytes);
  }

  private waitForEntry(meetingId: string, waitMs: number, signal?: AbortSignal): Promise<void> {
    const waiting = this.waiting.get(meetingId) ?? new Set();
    this.waiting.set(meetingId, waiting);
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        waiting.delete(done);
        if (waiting.size === 0) this.waiting.delete(meetingId);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      signal?.addEventListener('abort', done);
      waiting.add(done);
    });
  }

  private wake(meetingId: string): void {
    for (const done of [...(this.waiting.get(meetingId) ?? [])]) done();
  }
}

function noMeeting(): Meeting {
  return { entries: [], heldBytes: new Map(), endMs: new Map() };
}
