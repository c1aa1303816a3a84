import type { Speaker } from '@parley/contracts';
import type { AudioEntry } from '../audio-log';

/** An entry as the fields and values of a stream entry; samples stay binary. */
export function encodeAudioEntry(entry: AudioEntry): (string | Buffer)[] {
  const fields: (string | Buffer)[] = ['kind', entry.kind, 'channel', entry.channel];
  if ('startMs' in entry) fields.push('startMs', String(entry.startMs));
  if ('endMs' in entry) fields.push('endMs', String(entry.endMs));
  if ('pcm' in entry) fields.push('pcm', entry.pcm);
  if ('text' in entry) {
    const speaker = JSON.stringify(entry.speaker);
    fields.push('id', entry.id, 'at', String(entry.at), 'text', entry.text, 'speaker', speaker);
  }
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
  if (kind === 'caption') {
    const speaker = JSON.parse(String(named.get('speaker'))) as Speaker | null;
    const at = Number(named.get('at'));
    const [id, text] = [String(named.get('id')), String(named.get('text'))];
    return { kind, channel, id, at, startMs, endMs, speaker, text };
  }
  if (kind === 'gap') return { kind, channel, startMs, endMs };
  if (kind === 'end') return { kind, channel, endMs };
  throw new Error(`unknown audio entry ${kind}`);
}
