import type { ActionArguments, Participant } from '@parley/contracts';
import { z } from 'zod';
import type { Draft, SpokenLine } from '../planning/draft';
import { addressees } from '../planning/kinds/addressees';
import { times } from '../planning/kinds/event.planner';

const line = (most: number) => z.string().trim().min(1).max(most);

/** What may be proposed from outside; a fact is what Parley found, and no one else's word for it. */
export const proposalShape = {
  meetingId: z.uuid().describe('Id of the meeting.'),
  kind: z.enum(['task', 'message', 'email', 'event', 'page', 'question']),
  title: line(200).describe(
    'What is to be done, the subject, the name of the event or page, or the question.',
  ),
  segmentIds: z
    .array(line(200))
    .min(1)
    .max(8)
    .describe('Segments of the meeting that this stands on, from its transcript.'),
  reason: line(300).optional().describe('Why, for the person who decides.'),
  body: line(2_000)
    .optional()
    .describe('Text of a message or an email, which need one, or of a page.'),
  to: z
    .array(line(100).regex(/^[^@]*$/, 'names, not addresses'))
    .max(10)
    .optional()
    .describe('Names of participants a message, an email or an invitation goes to. Not addresses.'),
  owner: line(100).optional().describe('Who does a task.'),
  dueDate: z.iso.date().optional().describe('When a task is due.'),
  start: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .optional()
    .describe('Of an event: a day, or a time with its offset.'),
};

export type Proposal = z.infer<z.ZodObject<typeof proposalShape>>;

/** A proposal as a draft. Addresses come from the list of participants, never from who proposes. */
export function draftOf(
  proposal: Proposal,
  evidence: SpokenLine[],
  { participants, proposer }: { participants: Participant[]; proposer: string },
): Draft {
  const { kind, title, reason } = proposal;
  return {
    kind,
    text: title,
    arguments: argumentsOf(proposal, participants),
    confidence: 0.5,
    reasons: [`Proposed over MCP with the key "${proposer}".`, ...(reason ? [reason] : [])],
    citations: evidence.map(({ segment }) => {
      return { type: 'segment', id: segment.id, quote: segment.text };
    }),
  };
}

function argumentsOf(proposal: Proposal, participants: Participant[]): ActionArguments {
  const { kind, title, body, owner, dueDate, start } = proposal;
  const people = (proposal.to ?? []).flatMap((name) => addressees(name, participants));
  switch (kind) {
    case 'task':
      return { title, ...(owner ? { owner } : {}), ...(dueDate ? { dueDate } : {}) };
    case 'message':
      return { to: people, body: body ?? title };
    case 'email':
      return { to: people, subject: title, body: body ?? title };
    case 'event':
      return {
        title,
        ...(start ? times(start) : {}),
        ...(people.length > 0 ? { attendees: people } : {}),
      };
    case 'page':
      return { title, ...(body ? { body } : {}) };
    case 'question':
      return { question: title };
  }
}
