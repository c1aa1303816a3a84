import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type ServiceName, type ServiceSettings } from '@parley/config';
import {
  PROBLEM_TYPE_BASE,
  ProblemError,
  problems,
  type ProblemBody,
  type ProblemCode,
} from '@parley/contracts';
import { requestContext } from '@parley/observability';

export interface ServiceRequest {
  /** Sent as JSON. */
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
  /** Default: 5000. */
  timeoutMs?: number;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Asks another service, found by `<SERVICE>_URL`, carrying the request id and trace along. */
@Injectable()
export class ServiceClient {
  constructor(@Inject(SETTINGS) private readonly settings: ServiceSettings) {}

  /**
   * @throws ProblemError the other service's own problem, `unavailable` when it cannot be reached,
   * `deadline-exceeded` when it takes too long.
   */
  async request<T>(
    service: ServiceName,
    method: Method,
    path: string,
    { body, query = {}, signal, timeoutMs = 5_000 }: ServiceRequest = {},
  ): Promise<T> {
    const url = new URL(path, this.settings[urlSetting(service)]);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const { requestId, traceparent } = requestContext();
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method,
        headers: {
          'x-request-id': requestId,
          traceparent,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      const text = await response.text();
      if (!response.ok) throw problemOf(service, response.status, text);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      signal?.throwIfAborted();
      if (limit.aborted) throw new ProblemError('deadline-exceeded', `${service} took too long.`);
      throw new ProblemError('unavailable', `${service} cannot be reached.`, { cause: error });
    }
  }
}

function urlSetting(service: ServiceName): `${Uppercase<ServiceName>}_URL` {
  return `${service.toUpperCase() as Uppercase<ServiceName>}_URL`;
}

function problemOf(service: string, status: number, text: string): ProblemError {
  try {
    const body = JSON.parse(text) as ProblemBody;
    const code = body.type.slice(PROBLEM_TYPE_BASE.length);
    if (code in problems && status < 500) {
      return new ProblemError(code as ProblemCode, body.detail ?? body.title);
    }
  } catch {
    // Not a problem body: what follows says all that is known.
  }
  return new ProblemError('upstream-failed', `${service} answered ${status}.`);
}
