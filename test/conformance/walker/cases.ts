import { gzipSync } from 'node:zlib';
import type { Ask } from '../../harness/http';
import { resolved, type OpenApi, type Route } from '../harness/open-api';
import {
  HOSTILE_IDS,
  HOSTILE_JSON,
  HOSTILE_QUERIES,
  MALFORMED_JSON,
  WRONG_TYPES,
} from './hostile-values';
import type { Seeded } from '../../harness/seeded';
import { validValue } from './valid-value';

/** One hostile request. */
export interface Case {
  /** What is wrong with it. */
  about: string;
  path: string;
  ask: Ask;
  /** The server may close the connection without an answer: what was sent is not HTTP. */
  mayCut?: boolean;
}

const SOME_ID = '01900000-0000-7000-8000-000000000000';
const JSON_TYPE = 'application/json';
/** So that a service with many fields does not take minutes. */
const MOST_FIELD_CASES = 90;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'REPORT'];

/** Every case for one route, the same each time for the same seed. */
export function casesOf(route: Route, document: OpenApi, seeded: Seeded): Case[] {
  return [
    ...idCases(route),
    ...queryCases(route, seeded),
    ...headerCases(route),
    ...methodCases(route, document),
    ...bodyCases(route, document, seeded),
  ];
}

function pathOf(template: string, id = SOME_ID): string {
  return template.replaceAll(/\{[^}]+\}/g, id);
}

function idCases({ method, template }: Route): Case[] {
  if (!template.includes('{')) return [];
  return HOSTILE_IDS.map((id) => ({
    about: `id ${id.slice(0, 40)}`,
    path: pathOf(template, id),
    ask: { method },
  }));
}

function queryCases({ method, template, operation }: Route, seeded: Seeded): Case[] {
  const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const path = pathOf(template);
  const hostile = named.flatMap(({ name }) =>
    seeded.some(HOSTILE_QUERIES, 14).map((value) => `${name}=${value}`),
  );
  const shapes = [...named.map(({ name }) => name), 'nobody-knows'].flatMap((name) => [
    `${name}=1&${name}=2`,
    `${name}[]=1&${name}[]=2`,
    `${name}[__proto__][x]=1`,
    name,
  ]);
  const odd = ['=', '&&&', '?', 'a=%', '%', '__proto__[polluted]=1', 'a=1&'.repeat(1_500)];
  return [...hostile, ...shapes, ...odd].map((query) => ({
    about: `query ${query.slice(0, 60)}`,
    path: `${path}?${query}`,
    ask: { method },
  }));
}

function headerCases({ method, template }: Route): Case[] {
  const path = pathOf(template);
  const sets: [string, Record<string, string | string[]>][] = [
    ['long header', { 'x-long': 'x'.repeat(9_000) }],
    [
      'many headers',
      Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`x-h${String(at)}`, '1'])),
    ],
    ['two content types', { 'content-type': [JSON_TYPE, 'text/plain'] }],
    ['two authorizations', { authorization: ['Bearer a', 'Basic b'] }],
    ['nonsense Accept', { accept: 'nonsense;q=9' }],
    ['odd Accept-Encoding', { 'accept-encoding': 'br;q=-1, nonsense' }],
    ['X-HTTP-Method-Override', { 'x-http-method-override': 'DELETE' }],
    ['long Idempotency-Key', { 'idempotency-key': 'k'.repeat(5_000) }],
    ['odd Last-Event-ID', { 'last-event-id': '-1e999' }],
    ['odd Range', { range: 'bytes=-1-9999999999999999' }],
    ['odd traceparent', { traceparent: '00-xyz-xyz-zz', tracestate: 'x'.repeat(3_000) }],
    ['odd Host', { host: 'evil.example.test:99999' }],
    ['odd X-Forwarded-For', { 'x-forwarded-for': '::1, nonsense, ' + '1.1.1.1,'.repeat(500) }],
    ['odd timeout', { 'x-request-timeout-ms': '-1e999' }],
    ['odd workspace', { 'x-workspace-id': "../'; DROP" }],
    ['conditional', { 'if-match': '*', 'if-none-match': '"x"', 'if-modified-since': 'nonsense' }],
    ['upgrade to nothing', { connection: 'upgrade', upgrade: 'nonsense' }],
  ];
  return sets.map(([about, headers]) => ({
    about,
    path,
    ask: { method, headers },
    mayCut: about === 'upgrade to nothing' || about === 'odd Host',
  }));
}

function methodCases({ template }: Route, document: OpenApi): Case[] {
  const documented = Object.keys(document.paths[template] ?? {}).map((name) => name.toUpperCase());
  return METHODS.filter((method) => !documented.includes(method)).map((method) => ({
    about: `method ${method}`,
    path: pathOf(template),
    ask: { method },
  }));
}

function bodyCases(route: Route, document: OpenApi, seeded: Seeded): Case[] {
  const { method, template, operation } = route;
  const path = pathOf(template);
  const send = (about: string, body: string | Buffer, type = JSON_TYPE, more = {}): Case => ({
    about,
    path,
    ask: { method, body, headers: { ...(type ? { 'content-type': type } : {}), ...more } },
  });
  if (method === 'GET') return [send('a body on GET', '{"a":1}'), send('broken JSON on GET', '{')];
  const types = Object.keys(operation.requestBody?.content ?? {});
  const schema = operation.requestBody?.content[JSON_TYPE]?.schema;
  const valid = (validValue(schema, document) ?? {}) as Record<string, unknown>;
  const text = JSON.stringify(valid);
  return [
    ...seeded.some(MALFORMED_JSON, 20).map((body) => send('malformed JSON', body)),
    ...WRONG_TYPES.map((type) => send(`media type ${type.slice(0, 40)}`, text, type)),
    ...['null', '[]', '7', '"text"', 'true', ''].map((body) =>
      send(`a body of ${body || 'nothing'}`, body),
    ),
    send('no media type', text, ''),
    send('gzip', gzipSync(text), JSON_TYPE, { 'content-encoding': 'gzip' }),
    send('gzip that is none', text, JSON_TYPE, { 'content-encoding': 'gzip' }),
    send('gzip cut short', gzipSync(text.padEnd(4_000)).subarray(0, 20), JSON_TYPE, {
      'content-encoding': 'gzip',
    }),
    send('gzip bomb', gzipSync(`{"a":"${'x'.repeat(8_000_000)}"}`), JSON_TYPE, {
      'content-encoding': 'gzip',
    }),
    send('unknown encoding', text, JSON_TYPE, { 'content-encoding': 'zstd' }),
    send('a BOM', `\ufeff${text}`),
    send('2 MB', JSON.stringify({ ...valid, padding: 'x'.repeat(2_000_000) })),
    send('10,000 levels', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)),
    send('10,000 levels of lists', '['.repeat(10_000) + ']'.repeat(10_000)),
    send(
      '50,000 fields',
      `{${Array.from({ length: 50_000 }, (_, at) => `"f${String(at)}":1`).join()}}`,
    ),
    send(
      '50,000 things in a list',
      JSON.stringify({ list: Array.from({ length: 50_000 }, () => ({})) }),
    ),
    send('an unknown field', JSON.stringify({ ...valid, nobodyKnows: 1 })),
    send('__proto__', `{"__proto__":{"polluted":true},${text.slice(1)}`.replace(',}', '}')),
    ...fieldCases(schema ? resolved(schema, document) : {}, valid, send, seeded),
    ...(types.includes('multipart/form-data') ? multipartCases(send) : []),
  ];
}

type Send = (about: string, body: string | Buffer, type?: string) => Case;

function fieldCases(
  schema: { properties?: Record<string, unknown>; required?: string[] },
  valid: Record<string, unknown>,
  send: Send,
  seeded: Seeded,
): Case[] {
  const names = Object.keys(schema.properties ?? {});
  const missing = (schema.required ?? []).map((name) =>
    send(`${name} is missing`, JSON.stringify({ ...valid, [name]: undefined })),
  );
  const hostile = names.flatMap((name) =>
    HOSTILE_JSON.map(([about, raw]) => {
      const marked = JSON.stringify({ ...valid, [name]: '%hostile%' });
      return send(
        `${name} is ${about}`,
        marked.replace('"%hostile%"', () => raw),
      );
    }),
  );
  return [...missing, ...seeded.some(hostile, MOST_FIELD_CASES)];
}

function multipartCases(send: Send): Case[] {
  const type = 'multipart/form-data; boundary=b';
  const part = (head: string, content: string): string => `--b\r\n${head}\r\n\r\n${content}\r\n`;
  const file = 'Content-Disposition: form-data; name="file"; filename="a.txt"';
  const end = '--b--\r\n';
  return [
    send('multipart without a boundary', part(file, 'x') + end, 'multipart/form-data'),
    send('multipart that never ends', part(file, 'x'), type),
    send('multipart of nothing', end, type),
    send('multipart cut in a head', '--b\r\nContent-Dispo', type),
    send('a part without a name', part('Content-Disposition: form-data', 'x') + end, type),
    send('a file of another name', part(file.replace('"file"', '"__proto__"'), 'x') + end, type),
    send('an empty file', part(file, '') + end, type),
    send('two files', part(file, 'x') + part(file, 'y') + end, type),
    send('a path as file name', part(file.replace('a.txt', '../../etc/passwd'), 'x') + end, type),
    send(
      '1,000 fields',
      Array.from({ length: 1_000 }, (_, at) =>
        part(`Content-Disposition: form-data; name="f${String(at)}"`, 'x'),
      ).join('') + end,
      type,
    ),
    send(
      'a file that lies about being a PDF',
      part(
        `${file.replace('a.txt', 'a.pdf')}\r\nContent-Type: application/pdf`,
        '%PDF-1.7 not really',
      ) + end,
      type,
    ),
    send('NUL in a text', part(file, 'a\u0000b') + end, type),
  ];
}
