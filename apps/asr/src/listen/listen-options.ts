import { SAMPLE_ENCODINGS, type SampleEncoding } from '@parley/audio';
import { ProblemError } from '@parley/contracts';
import { z } from 'zod';
import { defaultPolicy, type EndpointPolicy } from '../listening/endpointer';

/** What the query of `WS /v1/listen` asks for. */
export interface ListenOptions {
  /** Null when what comes is in a container, which says itself what it holds. */
  raw: { encoding: SampleEncoding; sampleRate: number } | null;
  /** As the client says; a container knows better. */
  channels: number;
  /** Each channel by itself; else they are mixed. */
  multichannel: boolean;
  language: string;
  /** Names and words to expect. */
  vocabulary: readonly string[];
  interimResults: boolean;
  /** Null: never said. */
  utteranceEndMs: number | null;
  vadEvents: boolean;
  /** Tells the speakers of a channel apart. */
  diarize: boolean;
  policy: EndpointPolicy;
}

const MOST_CHANNELS = 8;
const MOST_TERMS = 200;
const LONGEST_TERM = 80;
/** A shorter pause is within words. */
const SHORTEST_ENDPOINTING_MS = 64;

/** Deepgram's name for what is found out anyhow. */
const OGG_OPUS = 'ogg-opus';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Names as in Deepgram's API; what it knows besides is taken and of no effect. */
const query = z.object({
  encoding: z
    .enum([...SAMPLE_ENCODINGS, OGG_OPUS], {
      error:
        `is one of ${SAMPLE_ENCODINGS.join(', ')} for raw samples, with sample_rate; ` +
        'leave it out for Opus in Ogg or WebM',
    })
    .optional(),
  sample_rate: whole(8_000, 192_000).optional(),
  channels: whole(1, MOST_CHANNELS).default(1),
  multichannel: flag.default(false),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .default('en'),
  interim_results: flag.default(false),
  utterance_end_ms: whole(1_000, 5_000).optional(),
  vad_events: flag.default(false),
  diarize: flag.default(false),
  endpointing: z.union([z.enum(['true', 'false']), whole(10, 5_000)]).optional(),
});

type Query = z.infer<typeof query>;

/** @throws ProblemError `validation-failed`, naming all that is wrong */
export function listenOptions(url: string): ListenOptions {
  const { searchParams } = new URL(url, 'ws://localhost');
  const parsed = query.safeParse(Object.fromEntries(searchParams));
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ProblemError('validation-failed', errors.join('; '), { errors });
  }
  const { data } = parsed;
  return {
    raw: rawForm(data),
    channels: data.channels,
    multichannel: data.multichannel,
    language: data.language,
    vocabulary: termsOf(searchParams),
    interimResults: data.interim_results,
    utteranceEndMs: data.utterance_end_ms ?? null,
    vadEvents: data.vad_events,
    diarize: data.diarize,
    policy: typeof data.endpointing === 'number' ? endingAfter(data.endpointing) : defaultPolicy,
  };
}

/** @throws ProblemError `validation-failed` */
function rawForm({ encoding, sample_rate: sampleRate }: Query): ListenOptions['raw'] {
  if (encoding === undefined || encoding === OGG_OPUS) return null;
  if (sampleRate !== undefined) return { encoding, sampleRate };
  const missing = `sample_rate: is needed with encoding=${encoding}`;
  throw new ProblemError('validation-failed', missing, { errors: [missing] });
}

/** A keyword may carry a weight, below zero for what is not to be heard: `Okta:2`. */
function termsOf(query: URLSearchParams): string[] {
  const keywords = query.getAll('keywords').flatMap((keyword) => {
    const [, term = keyword, weight = '1'] = /^(.*):(-?[\d.]+)$/.exec(keyword) ?? [];
    return Number(weight) > 0 ? [term] : [];
  });
  return [...query.getAll('keyterm'), ...keywords]
    .filter((term) => term !== '' && term.length <= LONGEST_TERM)
    .slice(0, MOST_TERMS);
}

function endingAfter(pauseMs: number): EndpointPolicy {
  const endMs = Math.max(SHORTEST_ENDPOINTING_MS, pauseMs);
  return { ...defaultPolicy, endMs, pauseMs: Math.min(defaultPolicy.pauseMs, endMs) };
}
