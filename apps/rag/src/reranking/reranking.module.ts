import { Module } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { RagSettings } from '../rag.settings';
import { EndpointReranker } from './endpoint.reranker';
import { Reranker } from './reranker';
import { Reranking } from './reranking';

/** {@link Reranking}, with the endpoint that the settings name, or with none. */
@Module({
  providers: [{ provide: Reranker, inject: [SETTINGS], useFactory: rerankerOf }, Reranking],
  exports: [Reranking],
})
export class RerankingModule {}

function rerankerOf(settings: RagSettings): Reranker | null {
  const url = settings.RAG_RERANK_URL;
  if (url === undefined) return null;
  return new EndpointReranker({
    url,
    model: settings.RAG_RERANK_MODEL,
    apiKey: settings.RAG_RERANK_API_KEY,
    field: settings.RAG_RERANK_FIELD,
  });
}
