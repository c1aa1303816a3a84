import type { SuggestionKind } from '@parley/contracts';

const TOOL_FOR_KIND: Record<SuggestionKind, string> = {
  question: 'message.send',
  fact: 'message.send',
  task: 'task.create',
  message: 'message.send',
  email: 'email.send',
  event: 'event.create',
  page: 'page.create',
};

/** The tool made for this kind; a provider with a single tool takes any kind through it. */
export function toolFor(kind: SuggestionKind, tools: { name: string }[]): string | undefined {
  const made = tools.find(({ name }) => name.endsWith(TOOL_FOR_KIND[kind]));
  return (made ?? (tools.length === 1 ? tools[0] : undefined))?.name;
}
