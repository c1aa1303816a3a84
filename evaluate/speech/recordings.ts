import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { decodeAudio, pcmToSamples, samplesToPcm } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';
import { readSampleMeeting, readSampleTracks } from '../../apps/standalone/src/demo/sample-meeting';

const AUDIO = /\.(wav|mp3|ogg|opus|m4a|webm|flac)$/i;

export interface Span {
  startMs: number;
  endMs: number;
}

/** What one person says in one go. */
export interface SpokenTurn extends Span {
  who: string;
}

/** Audio of which is known what is in it. */
export interface Recording {
  name: string;
  /** 16 kHz mono s16le. */
  pcm: Buffer;
  /** All that is said in it; null when nobody wrote it down. */
  said: string | null;
  /** When somebody speaks; null when nobody noted it. */
  speech: Span[] | null;
}

/** Several people on one channel. */
export interface SharedRecording {
  name: string;
  pcm: Buffer;
  /** With their words, where they were written down. */
  turns: (SpokenTurn & { text?: string })[];
}

export interface RecordingSet {
  name: string;
  recordings: Recording[];
  /** Names and words to expect in them. */
  vocabulary: string[];
}

/** What comes with Parley: real speech, and the sample meeting's voices out of a synthesiser. */
export async function ownSets(): Promise<RecordingSet[]> {
  const sample = await readSampleMeeting();
  const tracks = await readSampleTracks(sample);
  const recordings = [...tracks].map(([channel, pcm]) => {
    const turns = sample.turns.filter((turn) => turn.channel === channel);
    return { name: channel, pcm, said: turns.map(({ text }) => text).join(' '), speech: turns };
  });
  const real = await readSet(join(PROJECT_ROOT, 'test/fixtures'));
  const names = await readSet(join(PROJECT_ROOT, 'evaluate/speech/names'));
  return [
    { ...real, name: 'real voices' },
    { name: 'the sample meeting', recordings, vocabulary: [] },
    { ...names, name: 'names' },
  ];
}

/**
 * A folder of recordings: `refs.tsv` says what is said (file name, tab, text), `<name>.rttm` who speaks when. Audio with
 * neither is left out. `vocabulary.txt` has the names and words to expect, one a line.
 */
export async function readSet(folder: string): Promise<RecordingSet> {
  const files = await readdir(folder);
  const references = new Map(
    (await readLines(join(folder, 'refs.tsv'))).map((line) => {
      const [file = '', text = ''] = line.split('\t');
      return [file, text] as const;
    }),
  );
  const recordings: Recording[] = [];
  for (const file of files.filter((name) => AUDIO.test(name)).sort()) {
    const name = basename(file, extname(file));
    const said = references.get(file) ?? null;
    const turns = files.includes(`${name}.rttm`)
      ? speechOf(await readFile(join(folder, `${name}.rttm`), 'utf8'))
      : null;
    if (said === null && turns === null) continue;
    const { pcm } = await decodeAudio(join(folder, file));
    recordings.push({ name, pcm, said, speech: turns });
  }
  const vocabulary = await readLines(join(folder, 'vocabulary.txt'));
  return { name: basename(folder), recordings, vocabulary };
}

/**
 * When somebody speaks, whoever it is; overlapping turns become one.
 * @param rttm NIST's Rich Transcription Time Marked: the fourth and fifth fields are beginning and length in seconds
 */
export function speechOf(rttm: string): Span[] {
  const spans = turnsOf(rttm)
    .map(({ startMs, endMs }) => ({ startMs, endMs }))
    .sort((a, b) => a.startMs - b.startMs);
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.startMs <= last.endMs) last.endMs = Math.max(last.endMs, span.endMs);
    else joined.push({ ...span });
  }
  return joined;
}

/** The turns of an RTTM file; the eighth field is the speaker. */
export function turnsOf(rttm: string): SpokenTurn[] {
  return linesOf(rttm)
    .map((line) => line.trim().split(/\s+/))
    .filter(([kind]) => kind === 'SPEAKER')
    .map((fields) => {
      const startMs = Number(fields[3]) * 1_000;
      return { who: fields[7] ?? '', startMs, endMs: startMs + Number(fields[4]) * 1_000 };
    });
}

/** The recordings of a folder in which, as their RTTM files say, several people speak. */
export async function readShared(folder: string): Promise<SharedRecording[]> {
  const files = await readdir(folder);
  const shared: SharedRecording[] = [];
  for (const file of files.filter((one) => AUDIO.test(one)).sort()) {
    const name = basename(file, extname(file));
    if (!files.includes(`${name}.rttm`)) continue;
    const turns = turnsOf(await readFile(join(folder, `${name}.rttm`), 'utf8'));
    if (new Set(turns.map(({ who }) => who)).size < 2) continue;
    shared.push({ name, pcm: (await decodeAudio(join(folder, file))).pcm, turns });
  }
  return shared;
}

/** What comes with Parley: a real conversation, and the sample meeting as one microphone would have heard it. */
export async function ownShared(): Promise<SharedRecording[]> {
  const sample = await readSampleMeeting();
  const tracks = [...(await readSampleTracks(sample)).values()].map(pcmToSamples);
  const length = Math.max(...tracks.map((track) => track.length));
  const mixed = Float32Array.from({ length }, (_, at) =>
    tracks.reduce((sum, track) => sum + (track[at] ?? 0), 0),
  );
  const turns = sample.turns.map(({ channel: who, ...turn }) => ({ ...turn, who }));
  const own = { name: 'the sample meeting in one', pcm: samplesToPcm(mixed), turns };
  return [own, ...(await readShared(join(PROJECT_ROOT, 'test/fixtures')))];
}

/** None of a file that is not there. */
async function readLines(path: string): Promise<string[]> {
  return linesOf(await readFile(path, 'utf8').catch(() => ''));
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
