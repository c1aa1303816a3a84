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
import { ServiceKeys } from '../access/service-keys';
import { TIMEOUT_HEADER } from '../http/deadline/begin-deadline';
import { SERVICE_HEADER } from '../limits/service-caller';

export interface ServiceRequest {
  /** Sent as JSON. */
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
  /** Default: 5000. */
  timeoutMs?: number;
}

/** Key, rights and pace between the services are the operator's matter, not the caller's. */
const OURS_TO_MEND = new Set([401, 403, 408, 429]);

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * Asks another service, found by `<SERVICE>_URL`, in the name of the request in hand: with its id, trace and
 * workspace, and no longer than it still has.
 */
@Injectable()
export class ServiceClient {
  constructor(
    @Inject(SETTINGS) private readonly settings: ServiceSettings,
    @Inject(ServiceKeys) private readonly keys: ServiceKeys,
  ) {}

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
    const { deadline } = requestContext();
    const remainingMs = Math.floor(Math.min(timeoutMs, deadline?.remainingMs() ?? timeoutMs));
    if (remainingMs <= 0) throw new ProblemError('deadline-exceeded', 'No time is left.');
    const limit = AbortSignal.timeout(remainingMs);
    const signals = [limit, deadline?.signal, signal].filter((one) => one !== undefined);
    try {
      const response = await fetch(url, {
        method,
        headers: {
          ...this.identity(remainingMs),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any(signals),
        // The key is for the service that the setting names, and nobody else.
        redirect: 'error',
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

  /** Who asks, in whose name, and how long it can wait. */
  private identity(remainingMs: number): Record<string, string> {
    const { requestId, traceparent, workspaceId, service } = requestContext();
    const key = this.keys.own;
    return {
      'x-request-id': requestId,
      traceparent,
      'x-workspace-id': workspaceId,
      [SERVICE_HEADER]: service,
      [TIMEOUT_HEADER]: String(remainingMs),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    };
  }
}

function urlSetting(service: ServiceName): `${Uppercase<ServiceName>}_URL` {
  return `${service.toUpperCase() as Uppercase<ServiceName>}_URL`;
}

function problemOf(service: string, status: number, text: string): ProblemError {
  try {
    const body = JSON.parse(text) as ProblemBody;
    const code = body.type.slice(PROBLEM_TYPE_BASE.length);
    // What it refuses the service itself is no answer to whoever asked the service.
    if (code in problems && status < 500 && !OURS_TO_MEND.has(status)) {
      return new ProblemError(code as ProblemCode, body.detail ?? body.title);
    }
  } catch {
    // Not a problem body: what follows says all that is known.
  }
  return new ProblemError('upstream-failed', `${service} answered ${status}.`);
}
