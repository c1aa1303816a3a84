import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { IngestionModule } from '../ingestion.module';

export const OPERATOR_KEY = 'the-operators-own-key';

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

export interface AskOptions {
  /** Default: the operator's; null: none. */
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Ingestion with auth on, its own database and the embedded bus. */
export class RunningAccess {
  private constructor(
    readonly database: TestDatabase,
    readonly service: RunningService,
    private readonly before: NodeJS.ProcessEnv,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RunningAccess> {
    const database = await startTestDatabase();
    const before = { ...process.env };
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      AUTH_ENABLED: '1',
      SERVICE_API_KEY: OPERATOR_KEY,
      RATE_LIMIT_PER_MINUTE: '0',
      ...settings,
    });
    enableEmbeddedBus();
    const service = await createService(IngestionModule, 'ingestion', { port: 0 });
    return new RunningAccess(database, service, before);
  }

  async ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    { key = OPERATOR_KEY, body, headers = {} }: AskOptions = {},
  ): Promise<Answer<T>> {
    const response = await fetch(this.service.url + path, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const read = (text === '' ? undefined : JSON.parse(text)) as T;
    return { status: response.status, headers: response.headers, body: read };
  }

  async close(): Promise<void> {
    await this.service.close();
    await disableEmbeddedBus();
    await this.database.stop();
    process.env = this.before;
  }
}
