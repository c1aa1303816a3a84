import { isModelFailed, ModelFailedError, type Transcription } from '@parley/ai';
import { primaryLanguage, ProblemError, type Clock } from '@parley/contracts';
import type { HealthProbe } from '@parley/health';
import { logEvent } from '@parley/observability';
import { EndpointBreaker } from '@parley/resilience';
import type { DecodeQueue, DecodeRequest } from './decode-queue';

/** What was heard, and who heard it. */
export interface Heard extends Transcription {
  engine: string;
  /** The endpoint was to hear it and could not. */
  degraded: boolean;
}

export interface Engines {
  local: DecodeQueue;
  /** Hears what is final, where one is configured. */
  endpoint: DecodeQueue | null;
  clock: Clock;
  /** Default: one that nobody watches. */
  breaker?: EndpointBreaker;
  /** Is told when the local engine takes the endpoint's place. */
  fellBack?: (engine: string, reason: string) => void;
}

const RESTING = (engine: string): ModelFailedError =>
  new ModelFailedError(engine, 'busy', 'it failed while this waited for it');

/**
 * Turns utterances into text: through the endpoint where there is one, on this machine as long as that fails. Drafts
 * are made here wherever the local engine speaks the language: they are many, and the final replaces them.
 */
export class SpeechDecoder {
  private readonly breaker: EndpointBreaker;

  constructor(private readonly engines: Engines) {
    // People wait for what they said, and there is another engine: one failure is enough.
    this.breaker = engines.breaker ?? new EndpointBreaker({ clock: engines.clock });
  }

  /** The engine that finals come from when all is well. */
  get engineName(): string {
    return (this.engines.endpoint ?? this.engines.local).engineName;
  }

  get languages(): readonly string[] {
    const { local, endpoint } = this.engines;
    return [...new Set([...(endpoint?.languages ?? []), ...local.languages])];
  }

  /** A draft may start. */
  takesDrafts(language: string): boolean {
    const { local, endpoint } = this.engines;
    return (endpoint && !this.isHeardHere(language) ? endpoint : local).takesDrafts;
  }

  /** No final waits for long, or did so lately. */
  get keepsUp(): boolean {
    return this.queues.every((queue) => queue.keepsUp);
  }

  /** Decodes that wait. */
  get waiting(): number {
    return this.queues.reduce((sum, queue) => sum + queue.length, 0);
  }

  get queues(): readonly DecodeQueue[] {
    const { local, endpoint } = this.engines;
    return endpoint ? [endpoint, local] : [local];
  }

  get health(): HealthProbe {
    const { engineName: engine } = this;
    const { local, endpoint } = this.engines;
    if (endpoint && !this.breaker.isTrusted) {
      return { up: false, reason: 'endpoint-failed', engine, instead: local.engineName };
    }
    return local.healthy ? { up: true, engine } : { up: false, reason: 'decode-failed', engine };
  }

  /** @throws ProblemError `unsupported-language` */
  assertSpoken(language: string): void {
    if (this.languages.includes(primaryLanguage(language))) return;
    throw new ProblemError(
      'unsupported-language',
      `No speech engine here transcribes ${language}; there is one for: ${this.languages.join(', ')}.`,
    );
  }

  async decode(samples: Float32Array, request: DecodeRequest): Promise<Heard> {
    const { local, endpoint } = this.engines;
    const heardHere = this.isHeardHere(request.language);
    const here = async (degraded: boolean): Promise<Heard> => {
      const transcription = await local.decode(samples, request);
      return { ...transcription, engine: local.engineName, degraded };
    };
    if (!endpoint || (request.urgency === 'partial' && heardHere)) return here(false);
    // Where nobody else understands the language, the endpoint is asked however it fares.
    const call = this.breaker.letIn() ?? (heardHere ? null : this.breaker.insist());
    if (!call) {
      this.engines.fellBack?.(endpoint.engineName, 'resting');
      return here(true);
    }
    try {
      const transcription = await endpoint.decode(samples, request);
      call.answered();
      return { ...transcription, engine: endpoint.engineName, degraded: false };
    } catch (error) {
      if (request.signal?.aborted) {
        call.givenUp();
        throw error;
      }
      call.failed();
      endpoint.refuseWaiting(RESTING(endpoint.engineName), ({ language }) =>
        this.isHeardHere(language),
      );
      if (!heardHere) throw error;
      const reason = isModelFailed(error) ? error.reason : 'unexpected';
      this.engines.fellBack?.(endpoint.engineName, reason);
      logEvent('speech.fell-back', { engine: endpoint.engineName, err: error });
      return here(true);
    }
  }

  private isHeardHere(language: string): boolean {
    return this.engines.local.languages.includes(primaryLanguage(language));
  }
}
