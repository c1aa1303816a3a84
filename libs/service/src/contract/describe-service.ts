import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { ServiceName } from '@parley/config';
import { API_ABOUT, type ApiAbout } from './api-about';
import { closeRequests } from './closed-requests';
import { documentClasses } from './document-classes';
import type { JsonSchema } from './json-schema';
import { modernise } from './modern-schema';
import { addPlatformAnswers, type Operation } from './platform-answers';
import { problemSchema } from './problem-answers';
import { securitySchemes, sharedHeaders, sharedParameters } from './shared-parts';
import { socketSection } from './socket-section';
import { splitUploadBody } from './upload-body';

const OPENAPI_VERSION = '3.1.0';
const API_VERSION = '1';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * Writes a service's OpenAPI document from its controllers and classes. Works on an app that was made
 * with `preview: true` as well: nothing is connected or loaded.
 */
export function describeService(app: INestApplication, name: ServiceName): OpenAPIObject {
  const about = app.get<ApiAbout>(API_ABOUT);
  documentClasses();
  const document = SwaggerModule.createDocument(app, basics(name, about), {
    extraModels: about.models ?? [],
  });
  modernise(document);
  const components = (document.components ??= {});
  const schemas = components.schemas as Record<string, JsonSchema>;
  Object.assign(schemas, about.schemas, { Problem: problemSchema });

  const responses: Record<string, object> = {};
  const operations: Operation[] = [];
  for (const [path, method, operation] of operationsOf(document)) {
    splitUploadBody(operation, schemas);
    for (const answer of addPlatformAnswers(path, method, operation)) {
      responses[answer.name] = answer.response;
    }
    operations.push(operation);
  }
  closeRequests(operations, schemas);
  Object.assign(components, {
    schemas: sorted(schemas),
    responses: sorted(responses),
    parameters: mentioned('parameters', sharedParameters, operations),
    headers: mentioned('headers', sharedHeaders, [operations, responses]),
    securitySchemes,
  });
  const { openapi, info, servers, security, tags, paths } = document;
  const ordered = {
    ...{ openapi, info, servers, security, tags, paths: apiFirst(paths) },
    ...(about.sockets ? { 'x-websockets': about.sockets } : {}),
    components,
  };
  // A copy of its own: nothing that other services of the process share may be changed through it.
  return JSON.parse(JSON.stringify(ordered)) as OpenAPIObject;
}

function basics(name: ServiceName, about: ApiAbout): Omit<OpenAPIObject, 'paths'> {
  const { tags, sockets = {} } = about;
  const sections = Object.entries(sockets).map(([path, socket]) => socketSection(path, socket));
  const description = [about.description, ...sections].join('\n\n');
  const builder = new DocumentBuilder()
    .setOpenAPIVersion(OPENAPI_VERSION)
    .setTitle(`Parley ${name}`)
    .setDescription(description)
    .setVersion(API_VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('apiKey');
  for (const [tag, sentence] of Object.entries({ ...tags, ...operationsTag })) {
    builder.addTag(tag, sentence);
  }
  const config = builder.build();
  delete config.info.contact;
  return config;
}

const operationsTag = { operations: 'For those who run it: is it alive, ready, healthy.' };

function* operationsOf(document: OpenAPIObject): Generator<[string, string, Operation]> {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) yield [path, method, operation as unknown as Operation];
    }
  }
}

/** What callers come for, then what operators look at. */
function apiFirst(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  const isApi = ([path]: [string, unknown]): boolean => path.startsWith('/v1/');
  const entries = Object.entries(paths);
  return Object.fromEntries([
    ...entries.filter(isApi),
    ...entries.filter((entry) => !isApi(entry)),
  ]);
}

/** Only the shared parts that somebody refers to. */
function mentioned(kind: string, parts: Record<string, object>, where: unknown): object {
  const text = JSON.stringify(where);
  const isMentioned = ([name]: [string, object]): boolean =>
    text.includes(`"#/components/${kind}/${name}"`);
  return Object.fromEntries(Object.entries(parts).filter(isMentioned));
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
