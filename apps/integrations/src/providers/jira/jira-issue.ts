import type { ActionArguments, Citation } from '@parley/contracts';
import { actionText } from '../action-text';

const LONGEST_SUMMARY = 255;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The fields of an issue, its description as a document (developer.atlassian.com/cloud/jira/platform/apis/document). */
export function jiraIssue(
  { project, issueType }: { project: string; issueType: string },
  {
    actionId,
    arguments: given,
    citations,
  }: {
    actionId: string;
    arguments: ActionArguments;
    citations: readonly Citation[];
  },
): Record<string, unknown> {
  const { dueDate, ...rest } = given;
  const { heading = 'Without a title', body, details, quotes } = actionText(rest, citations);
  const isDay = typeof dueDate === 'string' && DAY.test(dueDate);
  const paragraphs = [...(body === undefined ? [] : [body]), ...details].map(paragraph);
  const said = quotes.map((quote) => ({ type: 'blockquote', content: [paragraph(quote)] }));
  return {
    project: { key: project },
    issuetype: { name: issueType },
    summary: heading.slice(0, LONGEST_SUMMARY),
    description: { type: 'doc', version: 1, content: [...paragraphs, ...said] },
    labels: [jiraLabel(actionId)],
    ...(isDay ? { duedate: dueDate } : {}),
  };
}

/** By which the issue is found again: a label takes no blanks. */
export function jiraLabel(actionId: string): string {
  return `parley-${actionId}`;
}

function paragraph(text: string): object {
  return { type: 'paragraph', content: [{ type: 'text', text }] };
}
