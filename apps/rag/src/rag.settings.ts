import { flag, requestTimeoutSeconds, serviceSettings } from '@parley/config';
import { z } from 'zod';
import { RERANK_FIELDS } from './reranking/endpoint.reranker';

export const ragSettings = serviceSettings.extend({
  REQUEST_TIMEOUT_SECONDS: requestTimeoutSeconds(20),
  RAG_MAX_UPLOAD_BYTES: z.coerce.number().int().positive().default(20_971_520).meta({
    unit: 'bytes',
    description: 'Largest document that can be uploaded.',
  }),
  RAG_KEEP_ORIGINALS: flag(true).meta({
    description:
      'Keeps documents as they were sent, for download, where BLOBS_DIR or BLOBS_S3_BUCKET says where.',
  }),
  RAG_MAX_CHUNKS: z.coerce.number().int().positive().max(20_000).default(2_000).meta({
    description: 'Longest document that is taken, in chunks of about 90 words.',
  }),
  RAG_MAX_PDF_PAGES: z.coerce.number().int().positive().default(1_000).meta({
    description: 'Longest PDF that is read.',
  }),
  RAG_MAX_UNPACKED_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .max(536_870_912)
    .default(67_108_864)
    .meta({
      unit: 'bytes',
      description: 'Largest text of a Word document once it is unpacked.',
    }),
  RAG_READING_TIMEOUT_SECONDS: z.coerce.number().positive().max(300).default(20).meta({
    unit: 'seconds',
    description: 'A PDF, web page or Word document that takes longer to read is refused.',
  }),
  RAG_READING_MEMORY_MEGABYTES: z.coerce.number().int().min(64).default(256).meta({
    unit: 'MiB',
    description: 'Memory that the process which reads a document may use for its heap.',
  }),
  RAG_QUERY_EMBEDDING_SECONDS: z.coerce.number().positive().max(30).default(1).meta({
    unit: 'seconds',
    description: 'A question whose vector takes longer is searched by its words only (degraded).',
  }),
  RAG_RERANK_URL: z.url().optional().meta({
    description:
      'Where a re-ranking model is asked, e.g. `http://localhost:8080/v1/rerank`; it is sent questions and passages. Unset: none.',
  }),
  RAG_RERANK_MODEL: z.string().min(1).optional().meta({
    description: 'Its name there; some servers need none.',
  }),
  RAG_RERANK_API_KEY: z.string().optional().meta({
    secret: true,
    description: 'Key of that endpoint; local servers need none.',
  }),
  RAG_RERANK_FIELD: z.enum(RERANK_FIELDS).default('documents').meta({
    description:
      'What it calls passages: `documents` (Jina, Cohere, vLLM, llama.cpp) or `texts` (Text Embeddings Inference).',
  }),
  RAG_RERANK_CANDIDATES: z.coerce.number().int().min(2).max(100).default(30).meta({
    description: 'So many of the best hits are put to the re-ranking model.',
  }),
  RAG_RERANK_SECONDS: z.coerce.number().positive().max(15).default(2).meta({
    unit: 'seconds',
    description: 'A re-ranking that takes longer is done without (degraded).',
  }),
  RAG_PARALLEL_UPLOADS: z.coerce.number().int().min(1).max(32).default(2).meta({
    description: 'Documents indexed at once; four times as many wait, more are answered 503.',
  }),
});

export type RagSettings = z.infer<typeof ragSettings>;
