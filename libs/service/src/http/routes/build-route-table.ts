import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ServiceSettings } from '@parley/config';
import { usualRequirement, type Requirement } from '../../access/require-scope';
import {
  ACCEPTS_TICKET,
  BODY_RULES,
  NEEDS_SCOPE,
  STREAMING,
  type BodyRules,
} from './route.decorators';
import { RouteTable, type RouteRules } from './route-table';

type Declared = Omit<RouteRules, 'path' | 'needs'> & { needs?: Requirement };

/** What Express keeps of each route, as far as it matters here. */
interface ExpressLayer {
  route?: { path: unknown; methods: Record<string, boolean> };
}

const JSON_ONLY = ['application/json'] as const;

/** Reads what the initialised app serves: Express knows the routes, the controllers what they declare. */
export function buildRouteTable(
  app: NestExpressApplication,
  settings: Readonly<Pick<ServiceSettings, 'MAX_REQUEST_BYTES' | 'REQUEST_TIMEOUT_SECONDS'>>,
): RouteTable {
  const table = new RouteTable();
  const declared = declaredRules(app, settings);
  const usual = rulesOf(undefined, settings);
  const { router } = app.getHttpAdapter().getInstance();
  for (const { route } of router.stack as unknown as ExpressLayer[]) {
    if (typeof route?.path !== 'string') continue;
    for (const name of Object.keys(route.methods)) {
      const method = name.toUpperCase();
      const rules = declared.get(`${method} ${route.path}`) ?? usual;
      const needs = rules.needs ?? usualRequirement(method);
      table.add(method, route.path, { ...rules, path: route.path, needs });
    }
  }
  return table;
}

function declaredRules(
  app: NestExpressApplication,
  settings: Parameters<typeof buildRouteTable>[1],
): Map<string, Declared> {
  const rules = new Map<string, Declared>();
  const scanner = new MetadataScanner();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name] as object;
        const verb = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (verb === undefined) continue;
        const path = joined(pathOf(metatype), pathOf(handler));
        const needs = (Reflect.getMetadata(NEEDS_SCOPE, handler) ??
          Reflect.getMetadata(NEEDS_SCOPE, metatype)) as Requirement | undefined;
        const own = rulesOf(handler, settings);
        rules.set(`${RequestMethod[verb]} ${path}`, needs ? { ...own, needs } : own);
      }
    }
  }
  return rules;
}

function rulesOf(
  handler: object | undefined,
  settings: Parameters<typeof buildRouteTable>[1],
): Declared {
  const read = <T>(key: string): T | undefined =>
    handler && (Reflect.getMetadata(key, handler) as T | undefined);
  const body = read<BodyRules>(BODY_RULES);
  const seconds = body?.timeoutSeconds ?? settings.REQUEST_TIMEOUT_SECONDS;
  return {
    maxBytes: bytesOf(body?.maxBytes ?? settings.MAX_REQUEST_BYTES, settings),
    mediaTypes: body?.mediaTypes ?? JSON_ONLY,
    timeoutMs: seconds * 1_000,
    streaming: read<boolean>(STREAMING) ?? false,
    ticketParameter: read<string>(ACCEPTS_TICKET) ?? null,
  };
}

function bytesOf(limit: BodyRules['maxBytes'], settings: object): number {
  if (typeof limit === 'number') return limit;
  const value: unknown = Object.entries(settings).find(([name]) => name === limit.setting)?.[1];
  if (typeof value !== 'number') throw new TypeError(`${limit.setting} is no number of bytes`);
  return value + (limit.plus ?? 0);
}

function pathOf(target: object): string {
  const path: unknown = Reflect.getMetadata(PATH_METADATA, target);
  return typeof path === 'string' ? path : '';
}

function joined(...parts: string[]): string {
  return `/${parts.flatMap((part) => part.split('/').filter((one) => one !== '')).join('/')}`;
}
