import { moonshineAttempts } from '../moonshine';
import { loadSherpa, type SherpaRecognizer } from '../sherpa';
import { SherpaOfflineEngine } from '../sherpa-offline.engine';
import type { SpeechEngine } from '../speech-engine';
import { LoadedLanguages } from './loaded-languages';
import { openModelFolder } from './model-folder';
import { ModelFolderError } from './model-folder.error';
import { checkModel, ModelRefusedError } from './sherpa-check';
import { SherpaStreamingEngine } from './sherpa-streaming.engine';
import { recogniseSpeechModel, type SpeechModel } from './speech-model';

const SETTING = 'SPEECH_MODEL_DIR';

/**
 * The speech model in a folder that the operator named, loaded and tried.
 * @throws ModelFolderError in one sentence, with what was found and what is missing
 */
export async function folderSpeechEngine(directory: string): Promise<SpeechEngine> {
  const folder = await openModelFolder(SETTING, directory);
  const model = await recogniseSpeechModel(folder);
  const { kind, languages } = model;
  try {
    await checkModel({
      kind: kind.streaming ? 'streaming' : 'offline',
      config: model.config(languages[0] ?? ''),
    });
  } catch (error) {
    if (!(error instanceof ModelRefusedError)) throw error;
    const what = `its files look like a ${kind.id} model, but ${error.message}`;
    throw new ModelFolderError(SETTING, folder.directory, what);
  }
  return kind.streaming ? new SherpaStreamingEngine(model) : offlineEngine(model);
}

async function offlineEngine({
  name,
  languages,
  kind,
  config,
}: SpeechModel): Promise<SpeechEngine> {
  const first = languages[0] ?? '';
  const loaded = new LoadedLanguages(first, (language) =>
    loadSherpa().OfflineRecognizer.createAsync(config(language)),
  );
  await loaded.of(first);
  const recognizer = (asked: string): Promise<SherpaRecognizer> =>
    loaded.of(kind.loadedByLanguage ? asked : first);
  const attempts = kind.id === 'moonshine' ? { attempts: moonshineAttempts } : {};
  return new SherpaOfflineEngine({ name, languages, recognizer, ...attempts });
}
