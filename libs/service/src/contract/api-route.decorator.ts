import { STATUS_CODES } from 'node:http';
import { applyDecorators, RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants';
import {
  ApiExtension,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { ProblemCode } from '@parley/contracts';
import { docstringsOf } from './docstrings';
import { schemaRef } from './json-schema';

export interface ApiRouteOptions {
  /** What a client calls the operation: `createMeeting`. Unique in the service. */
  id: string;
  /** A few words, as a heading. The method's docstring becomes the description. */
  summary: string;
  /** Body of the success; several with their status; null for none (204). */
  returns: Type | null | Record<number, Type>;
  /** What it refuses with, besides what every route may answer (`platform-answers.ts`). */
  problems?: readonly ProblemCode[];
  /** A JSON body that works as it stands: what `/docs` offers to try. */
  example?: object;
  /** Answers an event stream whose `data:` lines hold this shared schema. */
  streams?: string;
  /** Media types in which the success can be asked for besides JSON. */
  alsoAs?: readonly string[];
  /** Answers bytes of this media type. */
  binary?: string;
  /**
   * Takes a multipart body with a file in this field; where the route also takes JSON, the file replaces one of its
   * fields.
   */
  upload?: { field: string; replaces?: string; jsonRequires?: readonly string[] };
}

/** What the decorator leaves in the operation for {@link addPlatformAnswers}. */
export const ROUTE_EXTENSION = 'x-parley-route';
export type RouteNotes = Pick<ApiRouteOptions, 'problems' | 'upload' | 'example'>;

/**
 * Documents a route in one line. Parameters and bodies are read from the method's own decorators and
 * classes. Stands above `@Get()`, `@Post()` and `@HttpCode()`.
 */
export function ApiRoute(options: ApiRouteOptions): MethodDecorator {
  return (target: object, key: string | symbol, descriptor: PropertyDescriptor) => {
    const { id, summary, problems = [], upload, example } = options;
    const method = descriptor.value as object;
    const description = docstringsOf(target.constructor).get(String(key));
    const notes: RouteNotes = {
      problems,
      ...(upload ? { upload } : {}),
      ...(example ? { example } : {}),
    };
    applyDecorators(
      ApiOperation({ operationId: id, summary, ...(description ? { description } : {}) }),
      ApiExtension(ROUTE_EXTENSION, notes),
      ...answers(options, statusOf(method, `${target.constructor.name}.${String(key)}`)),
    )(target, key, descriptor);
  };
}

function answers(
  { returns, streams, alsoAs, binary }: ApiRouteOptions,
  status: number,
): MethodDecorator[] {
  if (binary) {
    const content = { [binary]: { schema: { type: 'string', format: 'binary' } } };
    return [ApiResponse({ status, description: phrase(status), content })];
  }
  if (streams) {
    const schema = {
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: schemaRef(streams),
    };
    const content = { 'text/event-stream': { schema } };
    return [ApiResponse({ status, description: phrase(status), content })];
  }
  if (alsoAs && typeof returns === 'function') {
    const schema = { type: 'string' };
    const content = {
      'application/json': { schema: { $ref: getSchemaPath(returns) } },
      ...Object.fromEntries(alsoAs.map((mediaType) => [mediaType, { schema }])),
    };
    return [ApiExtraModels(returns), ApiResponse({ status, description: phrase(status), content })];
  }
  const byStatus: [number, Type | null][] =
    typeof returns === 'function' || returns === null
      ? [[status, returns]]
      : Object.entries(returns).map(([given, type]) => [Number(given), type]);
  return byStatus.map(([code, type]) =>
    ApiResponse({ status: code, description: phrase(code), ...(type ? { type } : {}) }),
  );
}

function statusOf(method: object, name: string): number {
  const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
  if (verb === undefined) throw new Error(`${name}: put @ApiRoute above @Get(), @Post() …`);
  const given = Reflect.getMetadata(HTTP_CODE_METADATA, method) as number | undefined;
  return given ?? (verb === RequestMethod.POST ? 201 : 200);
}

function phrase(status: number): string {
  return STATUS_CODES[status] ?? 'Done';
}
