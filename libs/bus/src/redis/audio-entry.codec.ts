import type { AudioEntry } from '../audio-log';

/** An entry as the fields and values of a stream entry; samples stay binary. */
export function encodeAudioEntry(entry: AudioEntry): (string | Buffer)[] {
  const fields: (string | Buffer)[] = ['kind', entry.kind, 'channel', entry.channel];
  if ('startMs' in entry) fields.push('startMs', String(entry.startMs));
  if ('endMs' in entry) fields.push('endMs', String(entry.endMs));
  if ('pcm' in entry) fields.push('pcm', entry.pcm);
  return fields;
}

/** @throws Error when the entry was not written by {@link encodeAudioEntry}. */
export function decodeAudioEntry(fields: readonly Buffer[]): AudioEntry {
  const named = new Map<string, Buffer>();
  fields.forEach((value, at) => {
    if (at % 2 === 1) named.set(String(fields[at - 1]), value);
  });
  const kind = String(named.get('kind'));
  const channel = String(named.get('channel'));
  const startMs = Number(named.get('startMs'));
  const endMs = Number(named.get('endMs'));
  const pcm = named.get('pcm');
  if (kind === 'audio' && pcm) return { kind, channel, startMs, pcm };
  if (kind === 'gap') return { kind, channel, startMs, endMs };
  if (kind === 'end') return { kind, channel, endMs };
  throw new Error(`unknown audio entry ${kind}`);
}
