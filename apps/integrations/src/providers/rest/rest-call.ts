import { ProviderFailure } from '../provider-failure';
import { failureOfAnswer, unansweredFailure, type Explain } from './rest-failure';

/** How one outside system is spoken to over JSON. */
export interface RestApi {
  /** As in a sentence: `Jira answered 500`. */
  name: string;
  /** Bounded, and guarded where users set the address. */
  fetch: typeof fetch;
  /** Goes with every request. */
  headers: Record<string, string>;
  signal: AbortSignal;
  explain?: Explain;
}

export interface RestRequest {
  method: 'GET' | 'POST';
  url: string;
  /** JSON, or a form. */
  body?: object | URLSearchParams;
}

export type RestBody = Record<string, unknown>;

/** Makes one call. @returns the JSON object of a 2xx. @throws ProviderFailure whatever goes wrong. */
export async function callRest(
  api: RestApi,
  { method, url, body }: RestRequest,
): Promise<RestBody> {
  const answer = await answerOf(api, { method, url, ...(body ? { body } : {}) });
  const { status } = answer;
  const json = asObject(answer.text);
  if (status < 200 || status >= 300) throw failureOfAnswer(api, answer, json ?? {});
  if (json) return json;
  // A proxy's page, or half an answer: the request may well have had its effect.
  const facts = { retryable: true, uncertain: true, status };
  throw new ProviderFailure(`what answered is not ${api.name}`, facts);
}

interface Answer {
  status: number;
  text: string;
  retryAfter: string | null;
}

async function answerOf(api: RestApi, { method, url, body }: RestRequest): Promise<Answer> {
  const isForm = body instanceof URLSearchParams;
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  try {
    const response = await api.fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'Parley',
        ...(body ? { 'content-type': type } : {}),
        ...api.headers,
      },
      ...(body ? { body: isForm ? body.toString() : JSON.stringify(body) } : {}),
      signal: api.signal,
    });
    const text = await response.text();
    return { status: response.status, text, retryAfter: response.headers.get('retry-after') };
  } catch (error) {
    throw unansweredFailure(api.name, error, api.signal);
  }
}

function asObject(text: string): RestBody | null {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as RestBody) : null;
  } catch {
    return null;
  }
}
