import { z } from 'zod';
import { accessSettings } from './access-settings';
import { blobSettings } from './blob-settings';
import { oidcSettings } from './oidc-settings';
import { modelTimeout } from './provider-settings';

/** The six services and the ports they listen on when nothing else is said. */
export const SERVICE_PORTS = {
  ingestion: 8001,
  asr: 8002,
  nlu: 8003,
  rag: 8004,
  agent: 8005,
  integrations: 8006,
} as const;

export type ServiceName = keyof typeof SERVICE_PORTS;
export const SERVICE_NAMES = Object.keys(SERVICE_PORTS) as ServiceName[];

const serviceUrl = (name: ServiceName): z.ZodDefault<z.ZodURL> =>
  z
    .url({ protocol: /^https?$/ })
    .default(`http://localhost:${SERVICE_PORTS[name]}`)
    .meta({ description: `Where the other services find ${name}.`, derived: true });

const port = (name: ServiceName): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(SERVICE_PORTS[name])
    .meta({ description: `Port that ${name} listens on; 0 takes any free one.`, services: [name] });

/** The settings that every service reads; an app extends it with its own. */
export const serviceSettings = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({
      secret: true,
      description: 'Postgres with pgvector. Unset: embedded (npm start only).',
    }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10).meta({
    description: 'Connections that each service holds at most; 2 on the embedded database.',
    derived: true,
  }),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .meta({ secret: true, description: 'Redis >= 7. Unset: embedded bus (npm start only).' }),
  BUS_MAX_DELIVERIES: z.coerce.number().int().min(1).max(100).default(5).meta({
    description: 'After so many failed deliveries a message goes to the dead letters.',
  }),
  BUS_CLAIM_IDLE_SECONDS: z.coerce.number().positive().default(30).meta({
    unit: 'seconds',
    description: 'A message that its consumer left lying this long is claimed by another replica.',
  }),
  START_WAIT_SECONDS: z.coerce.number().positive().optional().meta({
    unit: 'seconds',
    description:
      'Longest that a start waits for Postgres, then for Redis. Unset: for ever, live and not ready.',
  }),
  SHUTDOWN_DELAY_SECONDS: z.coerce.number().min(0).max(300).default(0).meta({
    unit: 'seconds',
    description:
      'After SIGTERM new connections are taken for so long, /readyz being 503: load balancers notice.',
  }),
  SHUTDOWN_GRACE_SECONDS: z.coerce.number().min(1).max(600).default(25).meta({
    unit: 'seconds',
    description:
      'After SIGTERM everything in hand is finished within this time, the delay included.',
  }),
  HOST: z.string().default('127.0.0.1').meta({
    description:
      'Address to listen on. Loopback unless said otherwise; turn AUTH_ENABLED on before that.',
  }),
  INGESTION_PORT: port('ingestion'),
  ASR_PORT: port('asr'),
  NLU_PORT: port('nlu'),
  RAG_PORT: port('rag'),
  AGENT_PORT: port('agent'),
  INTEGRATIONS_PORT: port('integrations'),
  INGESTION_URL: serviceUrl('ingestion'),
  ASR_URL: serviceUrl('asr'),
  NLU_URL: serviceUrl('nlu'),
  RAG_URL: serviceUrl('rag'),
  AGENT_URL: serviceUrl('agent'),
  INTEGRATIONS_URL: serviceUrl('integrations'),
  DATA_DIR: z.string().default('.parley').meta({
    description: 'Where the embedded database, model weights and generated secrets live.',
  }),
  MODELS_DIR: z
    .string()
    .optional()
    .meta({ description: 'Model weights. Unset: <DATA_DIR>/models.', services: ['asr', 'rag'] }),
  SPEECH_MODEL_DIR: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        'A folder with a speech model of your own, as sherpa-onnx reads it, for all speech that is heard on this machine (docs/models.md). Unset: Moonshine tiny, English.',
      services: ['asr'],
    }),
  SPEAKER_MODEL_DIR: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        'A folder with a model of your own that tells voices apart, as sherpa-onnx reads it (docs/models.md). Unset: Kaldi’s x-vector.',
      services: ['asr'],
    }),
  OPENAI_API_KEY: z
    .string()
    .optional()
    .meta({
      secret: true,
      description: 'Key of the OpenAI-compatible endpoint; local servers need none.',
      services: ['asr', 'nlu', 'agent', 'rag'],
    }),
  OPENAI_BASE_URL: z
    .url()
    .optional()
    .meta({
      description: 'An OpenAI-compatible endpoint (Ollama, vLLM, llama.cpp, OpenAI).',
      services: ['asr', 'nlu', 'agent', 'rag'],
    }),
  OPENAI_TEXT_MODEL: z
    .string()
    .default('gpt-4o-mini')
    .meta({
      description:
        'Model for summaries, drafts, questions put to a meeting, and doubtful utterances.',
      services: ['nlu', 'agent'],
    }),
  OPENAI_EMBEDDING_MODEL: z
    .string()
    .optional()
    .meta({ description: 'Unset: local embeddings.', services: ['rag'] }),
  OPENAI_SPEECH_MODEL: z
    .string()
    .optional()
    .meta({
      description:
        'Model of `/audio/transcriptions` at the endpoint, which then gets all speech, and the names a meeting expects. Unset: local speech engine only.',
      services: ['asr'],
    }),
  OPENAI_SPEECH_LANGUAGES: z
    .string()
    .refine((list) => /^[a-z]{2,3}(,[a-z]{2,3})*$/.test(list), 'expected languages such as en,de')
    .transform((list) => list.split(','))
    .optional()
    .meta({
      description: 'Languages that this model transcribes, e.g. `en,de`. Unset: those of Whisper.',
      services: ['asr'],
    }),
  ...modelTimeout,
  ...blobSettings,
  APPROVAL_SIGNING_KEY: z
    .string()
    .min(32)
    .optional()
    .meta({
      secret: true,
      description: 'Shared by agent and integrations; npm start makes one and keeps it.',
      services: ['agent', 'integrations'],
    }),
  OUTBOUND_ALLOW_HOSTS: z
    .string()
    .default('')
    .meta({
      description: 'Comma-separated host:port of private hosts that webhooks may reach.',
      services: ['integrations'],
    }),
  MAX_REQUEST_BYTES: z.coerce.number().int().positive().default(1_048_576).meta({
    unit: 'bytes',
    description: 'Larger bodies are answered 413; upload routes state their own limit.',
  }),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(300).meta({
    unit: 'requests a minute',
    description:
      'What each caller may ask of each service; 0 lifts this and the limits at the routes.',
  }),
  RATE_LIMIT_SERVICES_PER_MINUTE: z.coerce.number().int().min(1).default(6_000).meta({
    unit: 'requests a minute',
    description: 'The same for calls of the services among each other, which show the service key.',
  }),
  IDEMPOTENCY_TTL_SECONDS: z.coerce.number().int().min(1).max(86_400).default(600).meta({
    unit: 'seconds',
    description: 'How long the answer to a request with Idempotency-Key is kept and given again.',
  }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .meta({ description: 'Least important level that is logged.' }),
  ...accessSettings,
  ...oidcSettings,

  // Traces.
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ description: 'Where traces go over OTLP/HTTP. Unset: nothing is traced.' }),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional().meta({
    secret: true,
    description: 'Headers for the collector: name=value, comma-separated.',
  }),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).meta({
    description:
      'Part of the traces begun here that is recorded; a caller that decided is followed.',
  }),
});

export type ServiceSettings = z.infer<typeof serviceSettings>;
