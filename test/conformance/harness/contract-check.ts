import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { shown } from '../../harness/broken-promise';
import type { Answer } from '../../harness/http';
import { resolvedResponse, routeFor, routesOf, SERVER_PROBLEMS, type OpenApi } from './open-api';

/** Methods and media types that a document does not speak of. */
const SILENT = new Set(['HEAD', 'OPTIONS']);

/** What of these answers is not as the document says: undocumented statuses, types, fields or shapes. */
export function complaintsAbout(answers: readonly Answer[], document: OpenApi): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats(ajv);
  ajv.addSchema(document, 'document');
  const routes = routesOf(document);
  const complaints = new Set<string>();
  for (const { method, path, status, headers, json } of answers) {
    if (SILENT.has(method)) continue;
    const route = routeFor(routes, method, path);
    // What belongs to no route has no document: the promise on errors looks at it.
    if (!route) continue;
    const about = `${method} ${route.template} ${status}`;
    const { responses } = route.operation;
    const wild = `${String(status)[0] ?? ''}XX`;
    const known = [String(status), wild, 'default'].find((name) => Object.hasOwn(responses, name));
    if (known === undefined) {
      if (SERVER_PROBLEMS.test(String((json as { type?: unknown } | undefined)?.type))) continue;
      complaints.add(`${about} is not documented`);
      continue;
    }
    const type = (headers['content-type'] ?? '').split(';')[0] ?? '';
    const { $ref: shared } = responses[known] ?? {};
    const { content } = resolvedResponse(responses[known], document);
    if (!content || Object.keys(content).length === 0) continue;
    if (!Object.hasOwn(content, type)) {
      complaints.add(`${about} came as ${type || 'nothing'}`);
      continue;
    }
    if (json === undefined || !content[type]?.schema) continue;
    const own = ['paths', route.template, method.toLowerCase(), 'responses', known];
    const base = shared ?? `#/${own.map(escaped).join('/')}`;
    const pointer = `${base}/content/${escaped(type)}/schema`;
    const validate = ajv.compile({ $ref: `document${pointer}` });
    if (validate(json)) continue;
    const [error] = validate.errors ?? [];
    complaints.add(
      `${about}: ${error?.instancePath || 'the body'} ${error?.message ?? ''} ${shown(error?.params)}`,
    );
  }
  return [...complaints];
}

/** A name as part of a JSON pointer in a URI. */
function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
