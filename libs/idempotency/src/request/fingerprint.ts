import { hash } from 'node:crypto';
import type { Request } from 'express';
import { canonicalJson } from './canonical-json';
import { hashFiles, type WithFiles } from './uploaded-files';

/**
 * Tells two payloads under one key apart: SHA-256 over the query, the body whatever the order of its fields, and
 * the contents of uploaded files. A body that nobody has parsed counts by its length alone.
 */
export async function fingerprintOf(request: Request): Promise<string> {
  const files = await hashFiles(request as unknown as WithFiles);
  const parts = [canonicalJson(request.query), ...files, bodyPart(request)];
  return hash('sha256', parts.join('\n'), 'base64url');
}

function bodyPart({ body, headers }: { body?: unknown; headers: Request['headers'] }): string {
  if (body === undefined) return `unread:${headers['content-length'] ?? ''}`;
  return Buffer.isBuffer(body) ? `bytes:${hash('sha256', body)}` : `json:${canonicalJson(body)}`;
}
