import { ModelFailedError, withPatience, type Waiting } from '@parley/ai';
import { AnswerTooLongError, readAtMost } from '@parley/resilience';
import { z } from 'zod';
import { Reranker } from './reranker';

/** What an endpoint calls the passages: `documents` as Jina, Cohere, vLLM and llama.cpp do, `texts` as Text Embeddings Inference. */
export const RERANK_FIELDS = ['documents', 'texts'] as const;
export type RerankField = (typeof RERANK_FIELDS)[number];

export interface RerankEndpoint {
  url: string;
  model: string | undefined;
  apiKey: string | undefined;
  field: RerankField;
}

/** A passage has about 600; models read no further than some 512 tokens. */
const MAX_CHARACTERS = 2_000;
/** Of fifty scores; a server that sends the passages back says more than it was asked for. */
const MAX_ANSWER_BYTES = 1_048_576;

const place = z.number().int().nonnegative();
const answerShape = z.union([
  z.object({ results: z.array(z.object({ index: place, relevance_score: z.number() })) }),
  z.array(z.object({ index: place, score: z.number() })),
]);

/** A re-ranking model behind an endpoint that the operator trusts with what was said. */
export class EndpointReranker extends Reranker {
  readonly name: string;

  constructor(private readonly endpoint: RerankEndpoint) {
    super();
    this.name = `rerank:${endpoint.model ?? 'default'}`;
  }

  scores(query: string, texts: string[], waiting: Waiting = {}): Promise<number[]> {
    return withPatience(this.name, waiting, (signal) => this.ask(query, texts, signal));
  }

  private async ask(
    query: string,
    texts: string[],
    signal: AbortSignal | undefined,
  ): Promise<number[]> {
    const response = await this.send(query, texts, signal);
    if (!response.ok) {
      await response.body?.cancel();
      throw new ModelFailedError(this.name, 'refused', `it answered ${response.status}`, {
        status: response.status,
      });
    }
    const read = answerShape.safeParse(await this.read(response, signal));
    if (!read.success) throw this.unusable('the answer is not one of scores');
    const rated = Array.isArray(read.data)
      ? read.data
      : read.data.results.map(({ index, relevance_score: score }) => ({ index, score }));
    const scores = new Map(rated.map(({ index, score }) => [index, score]));
    return texts.map((_, index) => scores.get(index) ?? this.missing());
  }

  private async send(
    query: string,
    texts: string[],
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const { url, model, apiKey, field } = this.endpoint;
    const passages = texts.map((text) => text.slice(0, MAX_CHARACTERS));
    const asked =
      field === 'documents'
        ? { documents: passages, top_n: passages.length, return_documents: false }
        : { texts: passages, truncate: true };
    try {
      return await fetch(url, {
        method: 'POST',
        // Where the operator did not send it, nothing goes.
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify({ ...(model === undefined ? {} : { model }), query, ...asked }),
        signal: signal ?? null,
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw new ModelFailedError(this.name, 'unreachable', 'the endpoint cannot be reached', {
        cause: error,
      });
    }
  }

  private async read(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
    try {
      return JSON.parse((await readAtMost(response, MAX_ANSWER_BYTES)).toString('utf8'));
    } catch (error) {
      signal?.throwIfAborted();
      const isTooLong = error instanceof AnswerTooLongError;
      throw this.unusable(isTooLong ? 'the answer is too long' : 'the answer cannot be read');
    }
  }

  private missing(): never {
    throw this.unusable('a passage has no score');
  }

  private unusable(detail: string): ModelFailedError {
    return new ModelFailedError(this.name, 'out-of-shape', detail);
  }
}
