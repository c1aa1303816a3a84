import { WHISPER_LANGUAGES } from '../whisper-languages';
import type { OnnxMetadata } from './onnx-metadata';

type Files = Readonly<Record<string, string>>;

/** One kind of speech model that sherpa-onnx loads. */
export interface SpeechKind {
  id: string;
  /** The kind hears as the audio comes, and is asked in a worker thread of its own. */
  streaming: boolean;
  roles: readonly string[];
  /** @param metadata of the file whose role comes first */
  is(metadata: OnnxMetadata): boolean;
  /** The part of sherpa's `modelConfig` that names the files. */
  config(files: Files, language: string): object;
  /** The languages that the model says itself that it understands. */
  languages?(metadata: OnnxMetadata): readonly string[] | undefined;
  /** It is told the language when it is loaded, so that each language needs a copy of its own. */
  loadedByLanguage?: true;
}

const TRANSDUCER = ['encoder', 'decoder', 'joiner', 'tokens'] as const;
const ENCODER_DECODER = ['encoder', 'decoder', 'tokens'] as const;
const ONE_MODEL = ['model', 'tokens'] as const;
const SENSE_VOICE_LANGUAGES = ['zh', 'en', 'ja', 'ko', 'yue'];

const typeOf = (metadata: OnnxMetadata): string => metadata.get('model_type') ?? '';
const isNemo = (metadata: OnnxMetadata): boolean => typeOf(metadata).startsWith('EncDec');
/** Chunks of a fixed length: icefall's models, and NeMo's. */
const isStreaming = (metadata: OnnxMetadata): boolean =>
  metadata.has('decode_chunk_len') || metadata.has('chunk_shift');

const transducer = ({ encoder, decoder, joiner }: Files): object => ({
  transducer: { encoder, decoder, joiner },
});

/** In the order in which they are asked: what is told apart by its files' names comes first. */
export const SPEECH_KINDS: readonly SpeechKind[] = [
  {
    id: 'moonshine',
    streaming: false,
    roles: ['encoder', 'mergedDecoder', 'tokens'],
    is: () => true,
    config: ({ encoder, mergedDecoder }) => ({ moonshine: { encoder, mergedDecoder } }),
  },
  {
    id: 'moonshine-v1',
    streaming: false,
    roles: ['preprocessor', 'encoder', 'uncachedDecoder', 'cachedDecoder', 'tokens'],
    is: () => true,
    config: ({ preprocessor, encoder, uncachedDecoder, cachedDecoder }) => ({
      moonshine: { preprocessor, encoder, uncachedDecoder, cachedDecoder },
    }),
  },
  {
    id: 'streaming-transducer',
    streaming: true,
    roles: TRANSDUCER,
    is: isStreaming,
    config: transducer,
  },
  {
    id: 'nemo-transducer',
    streaming: false,
    roles: TRANSDUCER,
    is: isNemo,
    config: (files) => ({ ...transducer(files), modelType: 'nemo_transducer' }),
  },
  {
    id: 'transducer',
    streaming: false,
    roles: TRANSDUCER,
    is: (metadata) => ['conformer', 'zipformer', 'zipformer2'].includes(typeOf(metadata)),
    config: (files) => ({ ...transducer(files), modelType: 'transducer' }),
  },
  {
    id: 'whisper',
    streaming: false,
    roles: ENCODER_DECODER,
    is: (metadata) => typeOf(metadata).startsWith('whisper'),
    config: ({ encoder, decoder }, language) => ({
      whisper: { encoder, decoder, language, task: 'transcribe', tailPaddings: -1 },
    }),
    languages: (metadata) => (metadata.get('is_multilingual') === '0' ? ['en'] : WHISPER_LANGUAGES),
    loadedByLanguage: true,
  },
  {
    id: 'streaming-paraformer',
    streaming: true,
    roles: ENCODER_DECODER,
    is: (metadata) => typeOf(metadata) === 'paraformer',
    config: ({ encoder, decoder }) => ({ paraformer: { encoder, decoder } }),
  },
  {
    id: 'sense-voice',
    streaming: false,
    roles: ONE_MODEL,
    is: (metadata) => typeOf(metadata) === 'sense_voice_ctc' || metadata.has('lang_yue'),
    config: ({ model }, language) => ({
      senseVoice: { model, language, useInverseTextNormalization: 1 },
    }),
    languages: () => SENSE_VOICE_LANGUAGES,
    loadedByLanguage: true,
  },
  {
    id: 'paraformer',
    streaming: false,
    roles: ONE_MODEL,
    is: (metadata) => typeOf(metadata) === 'paraformer',
    config: ({ model }) => ({ paraformer: { model } }),
  },
  {
    id: 'streaming-nemo-ctc',
    streaming: true,
    roles: ONE_MODEL,
    is: (metadata) => isNemo(metadata) && isStreaming(metadata),
    config: ({ model }) => ({ nemoCtc: { model } }),
  },
  {
    id: 'nemo-ctc',
    streaming: false,
    roles: ONE_MODEL,
    is: isNemo,
    config: ({ model }) => ({ nemoCtc: { model } }),
  },
  {
    id: 'streaming-zipformer-ctc',
    streaming: true,
    roles: ONE_MODEL,
    is: (metadata) => typeOf(metadata).startsWith('zipformer2') && isStreaming(metadata),
    config: ({ model }) => ({ zipformer2Ctc: { model } }),
  },
  {
    id: 'zipformer-ctc',
    streaming: false,
    roles: ONE_MODEL,
    is: (metadata) => typeOf(metadata) === 'zipformer2_ctc',
    config: ({ model }) => ({ zipformerCtc: { model } }),
  },
];
