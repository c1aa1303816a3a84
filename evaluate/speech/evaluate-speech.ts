import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { localSpeechEngine, localVoiceDetector } from '@parley/ai';
import { BYTES_PER_MS } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';
import { localClient } from '../../apps/standalone/src/client/local-client';
import { readSampleMeeting, readSampleTracks } from '../../apps/standalone/src/demo/sample-meeting';
import { SystemProcess } from '../../apps/standalone/src/launch/system-process';
import { finalLatencies, firstWordLatencies } from '../../bench/latency';
import { stream } from '../../bench/listen-stream';
import type { Bench, Say } from '../../bench/measure';
import { ownEnvironment } from '../../bench/own-environment';
import { fixedChunks, transcriptionServer, type Listener } from './listeners';
import { hearPartials, withoutPauses } from './hear-partials';
import { hearOverlaps, hearSpeakers } from './hear-speakers';
import { hearWordTimes, OWN_WORDS } from './hear-words';
import { ownSets, ownShared, readSet, readShared, type RecordingSet } from './recordings';
import { nameScore, phantomWords, spokenTime, wordScore } from './score';
import { soundsOf } from './sounds';
import { speechFindings, speechPlots } from './speech-findings';
import { speechPage, type SetResult, type SoundResult, type SpeechQuality } from './speech-page';

const MODELS_DIR = process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models');
/** Long: whatever else the machine does must not end a measurement before it begins. */
const START_LIMIT_MS = 300_000;
/** Of each sound, of which there are six: an hour. */
const SOUND_MINUTES = 10;

const USAGE = `npm run evaluate -- speech [folder …]

Measures how well speech is heard. Without a folder: what comes with Parley, and docs/speech-quality.md is written.

  --minutes 10             of each sound in which nobody speaks; 0 leaves them out
  --no-live                leaves out the stream in real time
  --only-speakers          leaves out all but who speaks, and where several do at once
  --only-partials          leaves out all but how steady provisional words are
  --only-word-times        leaves out all but when each word was spoken
  --server URL             also measures this server, which has OpenAI's POST /audio/transcriptions below that URL
  --model NAME             of that server (default: whisper-1); its key is taken from EVALUATE_API_KEY`;

/** What `npm run evaluate -- speech` does. */
export async function evaluateSpeech({ args, say, smoke, ...bench }: Bench): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      minutes: { type: 'string', default: smoke ? '0' : String(SOUND_MINUTES) },
      'no-live': { type: 'boolean', default: smoke },
      'only-speakers': { type: 'boolean', default: false },
      'only-partials': { type: 'boolean', default: false },
      'only-word-times': { type: 'boolean', default: false },
      server: { type: 'string' },
      model: { type: 'string', default: 'whisper-1' },
    },
  });
  if (values.help) {
    say(USAGE);
    return;
  }
  const minutes = Number(values.minutes);
  if (!(minutes >= 0 && minutes <= 60)) throw new Error('--minutes is a number from 0 to 60');
  const sets =
    positionals.length === 0
      ? (await ownSets()).slice(0, smoke ? 1 : undefined)
      : await Promise.all(positionals.map((folder) => readSet(resolve(folder))));
  const shared =
    positionals.length === 0
      ? smoke
        ? []
        : await ownShared()
      : (await Promise.all(positionals.map((folder) => readShared(resolve(folder))))).flat();
  for (const { name, recordings } of sets) {
    if (recordings.length === 0) throw new Error(`${name} has no audio with a reference`);
  }
  const timed = positionals.length === 0 ? [OWN_WORDS] : positionals.map((one) => resolve(one));
  const [only = null] = (['speakers', 'partials', 'word-times'] as const).filter(
    (part) => values[`only-${part}`],
  );
  const wants = (part: typeof only): boolean => only === null || only === part;
  const spoken = [...sets, ...sets.map(withoutPauses)].filter(({ recordings }) => {
    return recordings.length > 0;
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-evaluate-'));
  const env = ownEnvironment({
    DATA_DIR: dataDir,
    MODELS_DIR,
    RATE_LIMIT_PER_MINUTE: '0',
    // Nobody is refused because the machine is busy: one meeting at a time is held.
    ASR_MAX_MEETINGS: '4',
  });
  const system = await SystemProcess.start({ env });
  try {
    await system.ready(START_LIMIT_MS);
    const engine = await localSpeechEngine({ DATA_DIR: dataDir, MODELS_DIR });
    const detectors = await localVoiceDetector({ DATA_DIR: dataDir, MODELS_DIR });
    const listeners = [
      transcriptionServer('Parley', `${system.urls.asr}/v1`, 'none', 'default'),
      fixedChunks(engine),
    ];
    if (values.server !== undefined) {
      const key = process.env.EVALUATE_API_KEY ?? 'none';
      listeners.push(transcriptionServer(values.model, values.server, key, values.model));
    }
    const quality: Omit<SpeechQuality, 'load'> = {
      measuredOn: bench.measuredOn,
      machine: bench.machine,
      sets: only === null ? await hearSets(sets, listeners, say) : [],
      speakers: wants('speakers') ? await hearSpeakers(localClient(system.urls), shared, say) : [],
      overlaps: wants('speakers') ? await hearOverlaps(localClient(system.urls), shared, say) : [],
      partials: wants('partials') ? await hearPartials(spoken, engine, detectors, say) : [],
      wordTimes: wants('word-times')
        ? await hearWordTimes(`${system.urls.asr}/v1`, timed, say)
        : [],
      soundMinutes: minutes,
      sounds: minutes === 0 || only !== null ? [] : await hearSounds(minutes, listeners, say),
      live: values['no-live'] || only !== null ? null : await hearLive(system.urls.asr, say),
    };
    const found = { ...quality, load: loadavg()[2] ?? 0 };
    const page = speechPage(found);
    const whole = positionals.length === 0 && minutes > 0 && quality.live !== null;
    if (!whole && !smoke) say(`\n${page}`);
    else bench.publish({ page, findings: speechFindings(found), plots: speechPlots(found) });
  } finally {
    await system.interrupt();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function hearSets(
  sets: RecordingSet[],
  listeners: Listener[],
  say: Say,
): Promise<SetResult[]> {
  const results: SetResult[] = [];
  for (const set of sets) {
    for (const listener of listeners) {
      say(`${listener.name} hears ${set.name} …`);
      results.push(await hearSet(set, listener, false));
      if (set.vocabulary.length > 0 && listener.takesNames)
        results.push(await hearSet(set, listener, true));
    }
  }
  return results;
}

async function hearSet(
  { name, recordings, vocabulary }: RecordingSet,
  listener: Listener,
  told: boolean,
): Promise<SetResult> {
  const result: SetResult = {
    set: name,
    listener: listener.name,
    recordings: recordings.length,
    scores: [],
    names: vocabulary.length === 0 ? null : { told, said: 0, spelled: 0, invented: 0 },
    spokenMs: 0,
    heardMs: 0,
    audioSeconds: 0,
    seconds: 0,
  };
  for (const recording of recordings) {
    const startedAt = performance.now();
    const heard = await listener.hear(recording.pcm, told ? vocabulary : []);
    result.seconds += (performance.now() - startedAt) / 1_000;
    result.audioSeconds += recording.pcm.length / BYTES_PER_MS / 1_000;
    const score = wordScore(recording, heard);
    if (score) result.scores.push(score);
    if (result.names) {
      const { said, spelled, invented } = nameScore(recording.said ?? '', heard, vocabulary);
      result.names.said += said;
      result.names.spelled += spelled;
      result.names.invented += invented;
    }
    const { spokenMs, heardMs } = spokenTime(recording.speech ?? [], heard);
    result.spokenMs += spokenMs;
    result.heardMs += heardMs;
  }
  return result;
}

async function hearSounds(
  minutes: number,
  listeners: Listener[],
  say: Say,
): Promise<SoundResult[]> {
  const results: SoundResult[] = [];
  for (const { name: sound, pcm } of soundsOf(minutes * 60)) {
    for (const listener of listeners) {
      say(`${listener.name} hears ${minutes} minutes of ${sound} …`);
      const words = phantomWords(await listener.hear(pcm));
      results.push({ listener: listener.name, sound, words });
    }
  }
  return results;
}

async function hearLive(url: string, say: Say): Promise<SpeechQuality['live']> {
  const sample = await readSampleMeeting();
  const tracks = await readSampleTracks(sample);
  say('Parley hears the sample meeting in real time, two minutes …');
  const { drafts, finals } = await stream(url, tracks);
  return {
    turns: sample.turns.length,
    firstWords: firstWordLatencies(sample.turns, [...drafts, ...finals]),
    finals: finalLatencies(sample.turns, finals),
  };
}
