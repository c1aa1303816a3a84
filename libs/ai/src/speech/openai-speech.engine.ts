import { SAMPLE_RATE, samplesToPcm, wavFile } from '@parley/audio';
import { primaryLanguage } from '@parley/contracts';
import type OpenAI from 'openai';
import { ModelFailedError } from '../text/model-failed.error';
import { callModel, openAiClient, type OpenAiSettings } from '../text/openai-client';
import { heardBy, transcriptionAnswer } from './openai-transcription';
import { SpeechEngine, type TranscribeOptions, type Transcription } from './speech-engine';
import { WHISPER_LANGUAGES } from './whisper-languages';

/** An engine that needs longer than what was said took, and this, cannot follow a meeting. */
const PATIENCE_MS = 3_000;
/** Of OpenAI's models only Whisper tells of words; other servers mostly run Whisper under their own names. */
const TELLS_NO_WORDS = 'gpt-';

export interface OpenAiSpeechOptions {
  /** For one utterance at most. Default: 60000. */
  timeoutMs?: number;
  /** BCP 47 primary languages of the model. Default: Whisper's. */
  languages?: readonly string[];
}

type Asked = Pick<
  OpenAI.Audio.TranscriptionCreateParamsNonStreaming,
  'file' | 'model' | 'temperature' | 'language' | 'prompt'
>;

/** Speech through any endpoint that has OpenAI's `POST /v1/audio/transcriptions`; an utterance is one WAV file. */
export class OpenAiSpeechEngine extends SpeechEngine {
  readonly name: string;
  readonly languages: readonly string[];
  private readonly client: OpenAI;
  private readonly timeoutMs: number;

  constructor(
    settings: OpenAiSettings,
    private readonly model: string,
    { timeoutMs = 60_000, languages = WHISPER_LANGUAGES }: OpenAiSpeechOptions = {},
  ) {
    super();
    this.name = `openai:${model}`;
    this.languages = languages;
    this.timeoutMs = timeoutMs;
    // Who tries again is somebody else: there is a second engine, and people wait.
    this.client = openAiClient(settings, { timeoutMs, maxRetries: 0 });
  }

  async transcribe(
    samples: Float32Array,
    { language, vocabulary = [], signal }: TranscribeOptions = {},
  ): Promise<Transcription> {
    const durationMs = (samples.length / SAMPLE_RATE) * 1_000;
    const timeoutMs = Math.min(this.timeoutMs, Math.ceil(durationMs) + PATIENCE_MS);
    const file = new File([wavFile(samplesToPcm(samples))], 'utterance.wav', { type: 'audio/wav' });
    const asked = {
      file,
      model: this.model,
      temperature: 0,
      ...(language === undefined ? {} : { language: primaryLanguage(language) }),
      ...(vocabulary.length === 0 ? {} : { prompt: promptOf(vocabulary) }),
    };
    const ask = (limit: AbortSignal) => this.ask(asked, limit);
    const answer = transcriptionAnswer.safeParse(
      await callModel(this.name, ask, { signal, timeoutMs }),
    );
    if (answer.success) return heardBy(answer.data, durationMs);
    throw new ModelFailedError(this.name, 'out-of-shape', 'the answer is no transcription');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private ask(asked: Asked, signal: AbortSignal): Promise<unknown> {
    const { transcriptions } = this.client.audio;
    if (this.model.startsWith(TELLS_NO_WORDS)) {
      return transcriptions.create(
        { ...asked, response_format: 'json', include: ['logprobs'] },
        { signal },
      );
    }
    return transcriptions.create(
      {
        ...asked,
        response_format: 'verbose_json',
        timestamp_granularities: ['word', 'segment'],
      },
      { signal },
    );
  }
}

/** Whisper reads the last 224 tokens of a prompt and leaves out what is before them. */
const LONGEST_PROMPT = 600;

/** As many terms as fit, the first ones: they are taken for what was said just before. */
function promptOf(vocabulary: readonly string[]): string {
  let prompt = '';
  for (const term of vocabulary) {
    if (prompt.length + term.length > LONGEST_PROMPT) break;
    prompt += prompt === '' ? term : `, ${term}`;
  }
  return prompt;
}
