import { Inject, Injectable } from '@nestjs/common';
import type { Meeting, SearchResults, Segment } from '@parley/contracts';
import { ServiceClient, type Page } from '@parley/service';

interface PageRequest {
  cursor?: string | undefined;
  limit: number;
}

/** What other services hold, asked in the name of the caller, hence only of the caller's workspace. */
@Injectable()
export class MeetingReader {
  constructor(@Inject(ServiceClient) private readonly services: ServiceClient) {}

  meetings({ cursor, limit }: PageRequest): Promise<Page<Meeting>> {
    return this.services.request('ingestion', 'GET', '/v1/meetings', { query: { cursor, limit } });
  }

  transcript(meetingId: string, { cursor, limit }: PageRequest): Promise<Page<Segment>> {
    const path = `/v1/meetings/${encodeURIComponent(meetingId)}/transcript`;
    return this.services.request('asr', 'GET', path, { query: { cursor, limit } });
  }

  search(body: { query: string; limit: number }): Promise<SearchResults> {
    return this.services.request('rag', 'POST', '/v1/search', { body });
  }
}
