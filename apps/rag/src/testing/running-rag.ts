import type { Type } from '@nestjs/common';
import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import type { Envelope, ProblemBody, SearchResults } from '@parley/contracts';
import { createService, type Page, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import type { DocumentView } from '../documents/document.dto';
import { RagModule } from '../rag.module';

/** Two passages: hotels and trains. */
export const POLICY = `# Travel policy

## Hotels

A hotel may cost up to 140 euros a night. Anything above is approved by the office manager.

## Trains

Trains are booked in second class. Journeys of more than four hours may be booked in first class.
`;

/** The service with its own database, its embedding model and the embedded bus. */
export class RunningRag {
  /** What it told of documents, oldest first. */
  told: Envelope[] = [];
  private heard = (): void => undefined;

  private constructor(
    private readonly database: TestDatabase,
    private readonly service: RunningService,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RunningRag> {
    const database = await startTestDatabase();
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      ...settings,
    });
    enableEmbeddedBus();
    const service = await createService(RagModule, 'rag', { port: 0 });
    const rag = new RunningRag(database, service);
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['document'],
      types: ['document.indexed', 'document.removed'],
      handler: async (event) => {
        rag.told.push(event);
        rag.heard();
      },
    });
    return rag;
  }

  async stop(): Promise<void> {
    await this.service.close();
    await disableEmbeddedBus();
    await this.database.stop();
  }

  /** The running part of the service that is of this class. */
  part<T>(type: Type<T>): T {
    return this.service.app.get(type, { strict: false });
  }

  /** Removes every document, and forgets what was told. */
  async empty(): Promise<void> {
    const { items } = await this.get<Page<DocumentView>>('/v1/documents');
    for (const { id } of items) await this.remove(id);
    this.told = [];
  }

  fetch(path: string): Promise<Response> {
    return fetch(this.service.url + path);
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.fetch(path)).json()) as T;
  }

  post(path: string, body: unknown): Promise<Response> {
    return fetch(this.service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  remove(id: string): Promise<Response> {
    return fetch(`${this.service.url}/v1/documents/${id}`, { method: 'DELETE' });
  }

  /** Sends a file as a form does. */
  upload(
    bytes: Uint8Array | string,
    name: string,
    more: { title?: string; tags?: string } = {},
  ): Promise<Response> {
    const form = new FormData();
    form.append('file', new Blob([bytes]), name);
    for (const [field, value] of Object.entries(more)) form.append(field, value);
    return fetch(`${this.service.url}/v1/documents`, { method: 'POST', body: form });
  }

  async search(query: string, more: object = {}): Promise<SearchResults> {
    return (await (await this.post('/v1/search', { query, ...more })).json()) as SearchResults;
  }

  /** Resolves once so many events were told since it was emptied. */
  allTold(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.heard = () => {
        if (this.told.length >= count) resolve();
      };
      this.heard();
    });
  }

  async chunkCount(): Promise<number> {
    const text = `SELECT count(*)::int AS count FROM rag.chunks`;
    const [row] = await this.part(DataSource).query<{ count: number }[]>(text);
    return row?.count ?? -1;
  }
}

export async function documentOf(response: Response): Promise<DocumentView> {
  return (await response.json()) as DocumentView;
}

export async function problemOf(response: Response): Promise<ProblemBody> {
  return (await response.json()) as ProblemBody;
}
