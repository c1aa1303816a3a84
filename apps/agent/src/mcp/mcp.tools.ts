import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Inject, Injectable } from '@nestjs/common';
import { SUGGESTION_STATUSES, type Answer } from '@parley/contracts';
import { z } from 'zod';
import type { AskAnything } from '../ask/ask.requests';
import { AskService } from '../ask/ask.service';
import { SuggestionsService } from '../suggestions/suggestions.service';
import { SummaryService } from '../summary/summary.service';
import { answered } from './tool-result';
import { MeetingReader } from './meeting-reader';

const READ_ONLY = { readOnlyHint: true, openWorldHint: false };
const meetingId = z.uuid().describe('Id of the meeting.');
const earlier = z.object({
  question: z.string().min(1).max(1_000),
  answer: z.string().min(1).max(8_000),
});
const page = {
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before.'),
  limit: z.number().int().min(1).max(200).default(50),
};

/** What every assistant may do: read. There is no tool that approves, edits, deletes or sends. */
@Injectable()
export class McpTools {
  constructor(
    @Inject(MeetingReader) private readonly reader: MeetingReader,
    @Inject(SummaryService) private readonly summaries: SummaryService,
    @Inject(SuggestionsService) private readonly suggestions: SuggestionsService,
    @Inject(AskService) private readonly asking: AskService,
  ) {}

  register(server: McpServer): void {
    server.registerTool(
      'list_meetings',
      { description: 'Lists meetings, newest first.', inputSchema: page, annotations: READ_ONLY },
      (input) => answered(() => this.reader.meetings(input)),
    );
    server.registerTool(
      'get_transcript',
      {
        description: 'Reads what was said in a meeting, by whom and when.',
        inputSchema: { meetingId, ...page },
        annotations: READ_ONLY,
      },
      ({ meetingId: id, ...input }) => answered(() => this.reader.transcript(id, input)),
    );
    server.registerTool(
      'search',
      {
        description: 'Searches documents and ended meetings; every hit says where it stands.',
        inputSchema: {
          query: z.string().min(1).max(1_000),
          limit: z.number().int().min(1).max(50).default(5),
        },
        annotations: READ_ONLY,
      },
      (input) => answered(() => this.reader.search(input)),
    );
    server.registerTool(
      'get_summary',
      {
        description: 'Reads what a meeting came to: each line with the words that support it.',
        inputSchema: { meetingId },
        annotations: READ_ONLY,
      },
      ({ meetingId: id }) => answered(() => this.summaries.get(id)),
    );
    server.registerTool(
      'list_suggestions',
      {
        description: 'Lists what Parley proposes to do, and what people decided about it.',
        inputSchema: {
          meetingId: meetingId.optional(),
          status: z.enum(SUGGESTION_STATUSES).optional(),
          ...page,
        },
        annotations: READ_ONLY,
      },
      ({ meetingId: of, status, cursor, limit }) =>
        answered(() =>
          this.suggestions.list({
            limit,
            ...(cursor === undefined ? {} : { cursor }),
            ...(of === undefined ? {} : { meetingId: of }),
            ...(status === undefined ? {} : { status }),
          }),
        ),
    );
    server.registerTool(
      'ask',
      {
        description:
          'Answers a question from meetings and documents, with citations, or says that nothing does.',
        inputSchema: {
          question: z.string().trim().min(1).max(1_000),
          meetingIds: z.array(z.uuid()).min(1).max(10).optional(),
          history: z.array(earlier).max(6).default([]).describe('What it follows up on.'),
        },
        annotations: READ_ONLY,
      },
      ({ question, meetingIds, history }, { signal }) =>
        answered(() =>
          this.ask({ question, history, ...(meetingIds ? { meetingIds } : {}) }, signal),
        ),
    );
  }

  private async ask(asked: AskAnything, signal: AbortSignal): Promise<Answer> {
    for await (const { event, data } of this.asking.ask(asked, signal)) {
      if (event === 'done') return data;
    }
    throw new Error('an answer ended without its last event');
  }
}
