import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** The `multipart/form-data` of a request to a fake server. */
export function readForm(request: IncomingMessage): Promise<FormData> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const body = new Response(Readable.toWeb(request) as ReadableStream, { headers });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- for servers that do not trust who asks
  return body.formData();
}
