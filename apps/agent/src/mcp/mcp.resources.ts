import { ResourceTemplate, type McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import { SummaryService } from '../summary/summary.service';
import { MeetingReader } from './meeting-reader';

const JSON_TYPE = 'application/json';
const LISTED = 50;

/** Meetings as resources: `parley://meetings/{id}/transcript` (its first 200 segments) and `…/summary`. */
@Injectable()
export class McpResources {
  constructor(
    @Inject(MeetingReader) private readonly reader: MeetingReader,
    @Inject(SummaryService) private readonly summaries: SummaryService,
  ) {}

  register(server: McpServer): void {
    this.add(server, 'transcript', (id) => this.reader.transcript(id, { limit: 200 }));
    this.add(server, 'summary', (id) => this.summaries.get(id));
  }

  private add(server: McpServer, what: string, read: (id: string) => Promise<object>): void {
    const uriOf = (id: string) => `parley://meetings/${id}/${what}`;
    const template = new ResourceTemplate(uriOf('{id}'), {
      list: async () => {
        const { items } = await told(this.reader.meetings({ limit: LISTED }));
        const resources = items.map(({ id, title }) => ({
          uri: uriOf(id),
          name: `${title}: ${what}`,
          mimeType: JSON_TYPE,
        }));
        return { resources };
      },
    });
    const about = { description: `The ${what} of a meeting.`, mimeType: JSON_TYPE };
    server.registerResource(what, template, about, async (uri, { id }) => {
      const text = JSON.stringify(await told(read(String(id))));
      return { contents: [{ uri: uri.href, mimeType: JSON_TYPE, text }] };
    });
  }
}

/** Nothing internal goes out: the SDK sends an error's message as it is. */
async function told<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw new McpError(ErrorCode.InternalError, 'failed');
    throw new McpError(ErrorCode.InvalidParams, `${error.code}: ${error.detail}`);
  }
}
