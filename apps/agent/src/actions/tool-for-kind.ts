import type { SuggestionKind } from '@parley/contracts';

/** What of `GET /v1/connections` on integrations matters here. */
export interface Connection {
  id: string;
  provider: string;
  isDefault: boolean;
  tools: Tool[];
}

export interface Tool {
  name: string;
  /** JSON Schema of what it reads of an action. */
  arguments: object;
}

export interface Choice {
  connection: Connection;
  tool: Tool;
}

/** How the names of the tools made for a kind end, the best first: a draft can still be looked at. */
const TOOLS_FOR_KIND: Record<SuggestionKind, readonly string[]> = {
  question: ['message.send'],
  fact: ['message.send'],
  task: ['task.create', 'page.create'],
  message: ['message.send'],
  email: ['email.draft', 'email.send'],
  event: ['event.create'],
  page: ['page.create'],
};

/**
 * Where a suggestion of this kind goes when nobody says: to the tool made for it, of the default connection before
 * another; else through the default one's only tool.
 */
export function choiceFor(
  kind: SuggestionKind,
  connections: readonly Connection[],
): Choice | undefined {
  const defaultFirst = [...connections].sort(
    (one, other) => Number(other.isDefault) - Number(one.isDefault),
  );
  for (const ending of TOOLS_FOR_KIND[kind]) {
    for (const connection of defaultFirst) {
      const tool = connection.tools.find(({ name }) => name.endsWith(ending));
      if (tool) return { connection, tool };
    }
  }
  const byDefault = connections.find(({ isDefault }) => isDefault);
  const only = byDefault?.tools.length === 1 ? byDefault.tools[0] : undefined;
  return byDefault && only ? { connection: byDefault, tool: only } : undefined;
}

/**
 * The tool of one connection for this kind; a provider with a single tool takes any kind through it.
 * @param wanted the name of one of its tools that was asked for
 */
export function toolFor(
  kind: SuggestionKind,
  tools: readonly Tool[],
  wanted?: string,
): Tool | undefined {
  const made = TOOLS_FOR_KIND[kind].flatMap((ending) =>
    tools.filter(({ name }) => name.endsWith(ending)),
  );
  const fitting = made.length === 0 && tools.length === 1 ? tools : made;
  if (wanted === undefined) return fitting[0];
  return fitting.find(({ name }) => name === wanted);
}
