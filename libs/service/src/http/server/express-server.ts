import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';

/**
 * Makes the server of an Express application whose requests and responses are Express's from the start.
 *
 * Express changes the prototype of each that Node made, after which V8 forgets what it knew of their shape: on
 * Node 20 that costs more than all else that is done for a small request. Where the prototype is right already,
 * Express's change does nothing.
 */
export function createExpressServer(app: Express): Server {
  // Functions, not classes: only a function's prototype can be an object that is there already.
  function ExpressRequest(this: IncomingMessage, socket: Socket): void {
    Reflect.apply(IncomingMessage, this, [socket]);
  }
  function ExpressResponse(this: ServerResponse, ...parameters: unknown[]): void {
    Reflect.apply(ServerResponse, this, parameters);
  }
  ExpressRequest.prototype = app.request;
  ExpressResponse.prototype = app.response;
  return createServer(
    {
      IncomingMessage: ExpressRequest as unknown as typeof IncomingMessage,
      ServerResponse: ExpressResponse as unknown as typeof ServerResponse,
    },
    app,
  );
}
