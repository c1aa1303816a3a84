import type { ServerResponse } from 'node:http';

const sealed = new WeakSet<ServerResponse>();

/**
 * Closes a response that was answered before its handler was done: what the handler still says goes nowhere,
 * neither to the client nor into the log as an error.
 */
export function sealResponse(response: ServerResponse): void {
  sealed.add(response);
  const nothing = (): ServerResponse => response;
  Object.assign(response, {
    setHeader: nothing,
    appendHeader: nothing,
    removeHeader: () => undefined,
    writeHead: nothing,
    flushHeaders: () => undefined,
    write: () => true,
    end: nothing,
  });
}

export function isSealed(response: ServerResponse): boolean {
  return sealed.has(response);
}
