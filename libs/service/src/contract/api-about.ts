import type { Type } from '@nestjs/common';
import type { JsonSchema } from './json-schema';

/** What a service says of its API as a whole; `@ApiRoute` says the rest. */
export interface ApiAbout {
  /** Paragraphs of Markdown under the title of `/docs`. */
  description: string;
  /** One sentence for each `@ApiTags`, in the order in which they are shown. */
  tags: Record<string, string>;
  /** Shared schemas that no class describes, e.g. of what a stream carries … */
  schemas?: Record<string, JsonSchema>;
  /** … and the classes that they refer to. */
  models?: Type[];
  /** The WebSockets, by path: OpenAPI has no words for them. */
  sockets?: Record<string, SocketAbout>;
}

export interface SocketAbout {
  summary: string;
  description: string;
  /** Examples of the text frames in either direction. */
  fromClient: object[];
  fromServer: object[];
}

/** Injects a service's {@link ApiAbout}. */
export const API_ABOUT = Symbol('API_ABOUT');
