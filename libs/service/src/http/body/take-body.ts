import { ProblemError, problems } from '@parley/contracts';
import type { Request, Response } from 'express';
import type { RouteRules } from '../routes/route-table';
import { guardUpload } from './guard-upload';
import { mediaTypeOf } from './media-type';
import { parseJson } from './parse-json';
import { hasBody, readBody, statedBytes, tooLarge } from './read-body';
import { withoutNulls } from './without-nulls';

interface Reading {
  request: Request;
  response: Response;
  refuse: (error: unknown) => void;
}

interface Rules extends Pick<RouteRules, 'maxBytes' | 'mediaTypes'> {
  /** The method has no use for a body. */
  ignored: boolean;
  /** Some route serves the request. */
  known: boolean;
}

/**
 * Looks at what a request says of its body, then reads and parses JSON; other media types are left to the
 * route's own reader.
 * @throws ProblemError before a byte is read; later ones go to `refuse`.
 */
export function takeBody(
  { request, response, refuse }: Reading,
  { maxBytes, mediaTypes, ignored, known }: Rules,
  enter: () => void,
): void {
  if (!hasBody(request)) {
    enter();
    return;
  }
  if ((statedBytes(request) ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (ignored) {
    enter();
    return;
  }
  // Nobody would read it, and the connection would wait for it.
  if (!known) throw new ProblemError('not-found', problems['not-found'].title);
  const mediaType = mediaTypeOf(request.headers, mediaTypes);
  if (mediaType !== 'application/json') guardUpload(request, maxBytes, refuse);
  if (request.headers.expect !== undefined) response.writeContinue();
  if (mediaType !== 'application/json') {
    enter();
    return;
  }
  readBody(request, maxBytes, (error, body) => {
    if (response.headersSent) return;
    try {
      if (error) throw error;
      const parsed = parseJson(body);
      request.body = request.method === 'PATCH' ? withoutNulls(parsed) : parsed;
      enter();
    } catch (problem) {
      refuse(problem);
    }
  });
}
