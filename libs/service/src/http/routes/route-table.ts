import type { Requirement } from '../../access/require-scope';

/** What the front door knows of a route before it is run. */
export interface RouteRules {
  /** The template, with its parameters as `:name`. */
  path: string;
  /** What its caller must be allowed. */
  needs: Requirement;
  maxBytes: number;
  mediaTypes: readonly string[];
  /** For a stream, which may last: the time that its request has to arrive. */
  timeoutMs: number;
  streaming: boolean;
  /** Name of the path's parameter that a ticket may be bound to. */
  ticketParameter: string | null;
}

interface Node {
  literals: Map<string, Node>;
  parameter: Node | null;
  methods: Map<string, RouteRules>;
}

/** A route that serves the request; or what else the path is served with; or nothing. */
export type Found =
  | { kind: 'route'; rules: RouteRules }
  | { kind: 'other-methods'; allowed: readonly string[] }
  | { kind: 'nothing' };

const NOTHING: Found = { kind: 'nothing' };

/**
 * Finds the routes of a path, one step a segment, however many there are. Like Express, it takes a path with
 * and without a slash at its end, and in capitals.
 */
export class RouteTable {
  private readonly root = newNode();
  /** Of all routes, the longest that a request may take to arrive. */
  longestMs = 0;

  add(method: string, path: string, rules: RouteRules): void {
    this.longestMs = Math.max(this.longestMs, rules.timeoutMs);
    let node = this.root;
    for (const segment of segmentsOf(path)) {
      if (segment.startsWith(':')) {
        node = node.parameter ??= newNode();
      } else {
        const literal = segment.toLowerCase();
        const next = node.literals.get(literal) ?? newNode();
        node.literals.set(literal, next);
        node = next;
      }
    }
    if (!node.methods.has(method)) node.methods.set(method, rules);
    // A stream has no end, so that asking for its head alone would never be over.
    if (method === 'GET' && !rules.streaming) node.methods.set('HEAD', rules);
  }

  find(method: string, path: string): Found {
    const segments = segmentsOf(path);
    const rules = descend(this.root, segments, 0, method);
    if (rules) return { kind: 'route', rules };
    const allowed = this.methodsOf(path);
    return allowed.length === 0 ? NOTHING : { kind: 'other-methods', allowed };
  }

  /** Every method that some route serves this path with, and OPTIONS; none for an unknown path. */
  methodsOf(path: string): readonly string[] {
    const methods = new Set<string>();
    collect(this.root, segmentsOf(path), 0, methods);
    return methods.size === 0 ? [] : [...methods, 'OPTIONS'];
  }
}

/** A route of words only goes before one with a parameter, as in the services' controllers. */
function descend(
  node: Node,
  segments: readonly string[],
  depth: number,
  method: string,
): RouteRules | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.methods.get(method);
  const literal = literalOf(node, segment);
  const found = literal && descend(literal, segments, depth + 1, method);
  return (
    found ??
    (node.parameter && segment !== ''
      ? descend(node.parameter, segments, depth + 1, method)
      : undefined)
  );
}

function collect(node: Node, segments: readonly string[], depth: number, into: Set<string>): void {
  const segment = segments[depth];
  if (segment === undefined) {
    for (const method of node.methods.keys()) into.add(method);
    return;
  }
  const literal = literalOf(node, segment);
  if (literal) collect(literal, segments, depth + 1, into);
  if (node.parameter && segment !== '') collect(node.parameter, segments, depth + 1, into);
}

function literalOf(node: Node, segment: string): Node | undefined {
  return node.literals.get(segment) ?? node.literals.get(segment.toLowerCase());
}

function segmentsOf(path: string): string[] {
  const segments = path.split('/');
  segments.shift();
  if (segments.at(-1) === '') segments.pop();
  return segments;
}

function newNode(): Node {
  return { literals: new Map(), parameter: null, methods: new Map() };
}

/** What the path holds in the place of a template's parameter. */
export function parameterOf(template: string, path: string, name: string): string | undefined {
  return segmentsOf(path)[segmentsOf(template).indexOf(`:${name}`)];
}
