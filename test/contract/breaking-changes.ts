import { compareSchemas } from './compare-schemas';
import { parametersOf, resolve, type Doc, type Operation, type Schema } from './document';

/**
 * What of `next` would break a client that was made for `before`: something it calls is gone, something it
 * sends is no longer taken, or something it reads is no longer there.
 * @returns a sentence for each, in the order of the documents.
 */
export function breakingChanges(before: Doc, next: Doc): string[] {
  return Object.entries(before.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const now = next.paths[path]?.[method];
      if (!now) return [`${name} is gone`];
      const compared = [
        ...compareNames(operation, now),
        ...compareParameters({ doc: before, operation }, { doc: next, operation: now }),
        ...compareBodies({ doc: before, operation }, { doc: next, operation: now }),
        ...compareAnswers({ doc: before, operation }, { doc: next, operation: now }),
      ];
      return compared.map((change) => `${name}: ${change}`);
    }),
  );
}

interface Side {
  doc: Doc;
  operation: Operation;
}

function compareNames(before: Operation, next: Operation): string[] {
  if (before.operationId === next.operationId) return [];
  return [`was called ${String(before.operationId)}, is called ${String(next.operationId)}`];
}

function compareParameters(before: Side, next: Side): string[] {
  const known = parametersOf(before.doc, before.operation);
  const now = parametersOf(next.doc, next.operation);
  const lost = [...known].flatMap(([key, parameter]) => {
    const kept = now.get(key);
    if (!kept) return [`parameter ${key} is gone`];
    if (kept.required && !parameter.required) return [`parameter ${key} became required`];
    return compareSchemas(
      { doc: before.doc, schema: parameter.schema },
      { doc: next.doc, schema: kept.schema },
      'sent',
      `parameter ${key}`,
    );
  });
  const added = [...now].filter(([key, { required }]) => required && !known.has(key));
  return [...lost, ...added.map(([key]) => `parameter ${key} is new and required`)];
}

function compareBodies(before: Side, next: Side): string[] {
  const known = before.operation.requestBody;
  const now = next.operation.requestBody;
  if (!now) return known ? ['takes no body any more'] : [];
  if (now.required && !known?.required) return ['a body became required'];
  return compareContents(before, known?.content, next, now.content, 'sent', 'body');
}

function compareAnswers(before: Side, next: Side): string[] {
  return Object.entries(before.operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, answer]) => {
      const now = next.operation.responses[status];
      if (!now) return [`never answers ${status} any more`];
      const known = resolve(before.doc, answer).content;
      return compareContents(before, known, next, resolve(next.doc, now).content, 'read', status);
    });
}

type Contents = Record<string, { schema: Schema }> | undefined;

function compareContents(
  before: Side,
  known: Contents,
  next: Side,
  now: Contents,
  direction: 'sent' | 'read',
  place: string,
): string[] {
  return Object.entries(known ?? {}).flatMap(([type, { schema }]) => {
    const kept = now?.[type];
    if (!kept) return [`${place}: ${type} is gone`];
    return compareSchemas(
      { doc: before.doc, schema },
      { doc: next.doc, schema: kept.schema },
      direction,
      place,
    );
  });
}
