import { basename, join } from 'node:path';
import { builtFile } from '@parley/config';
import { LivingWorker } from '../../embedding/living-worker';
import { FOLDER_MANIFEST, isModel, openModelFolder } from '../../speech/folder/model-folder';
import { ModelFolderError } from '../../speech/folder/model-folder.error';
import { checkModel, ModelRefusedError } from '../../speech/folder/sherpa-check';
import { SpeakerEngine, type Stretch } from '../speaker-engine';
import type { Voice, VoiceRequest } from '../x-vector/x-vector.protocol';

const SETTING = 'SPEAKER_MODEL_DIR';
/** Whose models sherpa-onnx knows how to ask, as they say it of themselves. */
const FRAMEWORKS = ['wespeaker', '3d-speaker', 'nemo'];

/** Any model of voices that sherpa-onnx loads (WeSpeaker, 3D-Speaker, TitaNet), in a worker thread of its own. */
export class SherpaSpeakerEngine extends SpeakerEngine {
  private readonly worker: LivingWorker<Omit<VoiceRequest, 'id'>, Voice>;

  private constructor(
    readonly name: string,
    readonly dimensions: number,
    config: object,
  ) {
    super();
    this.worker = new LivingWorker(name, {
      file: builtFile(__dirname, 'sherpa-speaker.worker'),
      workerData: config,
    });
  }

  /**
   * The model in a folder that the operator named, tried once.
   * @throws ModelFolderError in one sentence, with what was found
   */
  static async open(path: string): Promise<SherpaSpeakerEngine> {
    const folder = await openModelFolder(SETTING, path);
    const { directory, files, manifest } = folder;
    const refuse = (reason: string): never => {
      throw new ModelFolderError(SETTING, directory, reason);
    };
    const models = manifest.files?.model ? [manifest.files.model] : files.filter(isModel);
    const [file, another] = models;
    if (!file) return refuse('there is no model in it (*.onnx).');
    if (another) {
      return refuse(
        `it holds several models: ${models.join(', ')}. Leave one there, or say which in ` +
          `${FOLDER_MANIFEST}: { "files": { "model": "${file}" } }.`,
      );
    }
    const framework = (await folder.metadata(file)).get('framework') ?? '';
    if (!FRAMEWORKS.includes(framework)) {
      return refuse(
        `${file} does not say that it is a model of voices: its metadata has "framework" ` +
          `${framework === '' ? 'unset' : `"${framework}"`}, not one of ${FRAMEWORKS.join(', ')}.`,
      );
    }
    const config = { model: join(directory, file), numThreads: 1, provider: 'cpu', debug: 0 };
    try {
      const { dimensions } = await checkModel({ kind: 'speaker', config });
      const name = manifest.name ?? basename(file).replace(/\.(onnx|ort)$/, '');
      return new SherpaSpeakerEngine(name.replace(/\s+/g, '-'), dimensions ?? 0, config);
    } catch (error) {
      if (!(error instanceof ModelRefusedError)) throw error;
      return refuse(`${file} looks like a model of voices, but ${error.message}`);
    }
  }

  embed(
    samples: Float32Array,
    stretches: readonly Stretch[],
    signal?: AbortSignal,
  ): Promise<Voice[]> {
    return this.worker.ask({ samples, stretches }, signal);
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}
