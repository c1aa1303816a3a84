import type { SuggestionKind } from '@parley/contracts';

/** Which tool carries a suggestion of a kind out. Providers offer those of them that they can. */
export const TOOL_FOR_KIND: Record<SuggestionKind, string> = {
  question: 'message.send',
  fact: 'message.send',
  task: 'task.create',
  message: 'message.send',
  email: 'email.send',
  event: 'event.create',
  page: 'page.create',
};
