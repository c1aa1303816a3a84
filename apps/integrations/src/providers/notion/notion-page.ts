import type { ActionArguments, Citation } from '@parley/contracts';
import type { CreatePageParameters } from '@notionhq/client';
import { actionText } from '../action-text';

/** What one piece of text, and one request, may hold (developers.notion.com/reference/request-limits). */
const LONGEST_TEXT = 2_000;
const MOST_BLOCKS = 100;

/** An action as a page of a data source; `property` holds the action's id, by which it is found again. */
export function notionPage(
  { dataSource, property }: { dataSource: string; property: string },
  {
    actionId,
    arguments: given,
    citations,
  }: {
    actionId: string;
    arguments: ActionArguments;
    citations: readonly Citation[];
  },
): CreatePageParameters {
  const { heading = 'Without a title', body, details, quotes } = actionText(given, citations);
  const words = [...(body === undefined ? [] : [body]), ...details];
  const paragraphs = words.map((text) => ({
    type: 'paragraph' as const,
    paragraph: { rich_text: richText(text) },
  }));
  const said = quotes.map((text) => ({
    type: 'quote' as const,
    quote: { rich_text: richText(text) },
  }));
  return {
    parent: { type: 'data_source_id', data_source_id: dataSource },
    properties: {
      // The id of the title property is `title`, whatever people call it.
      title: { title: richText(heading) },
      [property]: { rich_text: richText(actionId) },
    },
    children: [...paragraphs, ...said].slice(0, MOST_BLOCKS),
  };
}

function richText(text: string): { type: 'text'; text: { content: string } }[] {
  const pieces = text.match(new RegExp(`[^]{1,${LONGEST_TEXT}}`, 'gu')) ?? [];
  return pieces.slice(0, MOST_BLOCKS).map((content) => ({ type: 'text', text: { content } }));
}
