import { EventEmitter, once } from 'node:events';
import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus, type EventBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import type { Envelope, EventType } from '@parley/contracts';
import { configureLogging } from '@parley/observability';
import { createService, type RunningService } from '@parley/service';
import { FakeService, startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import { AgentModule } from '../agent.module';

export const SIGNING_KEY = 'a signing key that is long enough for it';
const WAIT_LIMIT_MS = 20_000;
const TOLD = [
  'suggestion.created',
  'suggestion.decided',
  'summary.updated',
  'action.approved',
  'audit.recorded',
] as const;

/** The service with its own database and the embedded bus; rag and integrations are fakes on loopback. */
export class RunningAgent {
  /** What it told the other services, oldest first. */
  readonly told: Envelope[] = [];
  private readonly arrivals = new EventEmitter();

  private constructor(
    readonly rag: FakeService,
    readonly integrations: FakeService,
    private readonly database: TestDatabase,
    private readonly service: RunningService,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RunningAgent> {
    const database = await startTestDatabase();
    const [rag, integrations] = await Promise.all([FakeService.start(), FakeService.start()]);
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      APPROVAL_SIGNING_KEY: SIGNING_KEY,
      RAG_URL: rag.url,
      INTEGRATIONS_URL: integrations.url,
      ...settings,
    });
    configureLogging({ level: 'silent' });
    enableEmbeddedBus();
    const service = await createService(AgentModule, 'agent', { port: 0 });
    const running = new RunningAgent(rag, integrations, database, service);
    await running.listen();
    return running;
  }

  async stop(): Promise<void> {
    await this.service.close();
    await disableEmbeddedBus();
    await this.rag.stop();
    await this.integrations.stop();
    await this.database.stop();
  }

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.service.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  /** Asks, and reads the answer's events to the end. */
  async ask(path: string, body: object): Promise<{ event: string; data: unknown }[]> {
    const response = await fetch(`${this.service.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const frames = (await response.text()).split('\n\n').filter((frame) => frame !== '');
    return frames.map((frame) => {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(frame) ?? [];
      return { event, data: JSON.parse(data) as unknown };
    });
  }

  get url(): string {
    return this.service.url;
  }

  get<T>(type: abstract new (...parameters: never[]) => T): T {
    return this.service.app.get<T>(type);
  }

  /** Resolves when the service has acknowledged them. */
  async publish(...events: Envelope[]): Promise<void> {
    await bus().publish(...events);
  }

  /** What was told of a meeting so far. */
  of<Type extends EventType>(type: Type, meetingId: string): Envelope<Type>[] {
    return this.told.filter(
      (event): event is Envelope<Type> => event.type === type && event.meetingId === meetingId,
    );
  }

  /** Resolves once `count` such events of a meeting have been told. */
  async hear<Type extends EventType>(
    type: Type,
    meetingId: string,
    count = 1,
  ): Promise<Envelope<Type>[]> {
    const limit = AbortSignal.timeout(WAIT_LIMIT_MS);
    while (this.of(type, meetingId).length < count) {
      await once(this.arrivals, 'told', { signal: limit });
    }
    return this.of(type, meetingId);
  }

  async sql(text: string, parameters: unknown[] = []): Promise<unknown> {
    return this.service.app.get(DataSource).query(text, parameters);
  }

  private async listen(): Promise<void> {
    await bus().subscribe({
      group: 'test',
      topics: ['suggestion', 'summary', 'action', 'audit'],
      types: TOLD,
      handler: (event) => {
        this.told.push(event);
        this.arrivals.emit('told');
        return Promise.resolve();
      },
    });
  }
}

function bus(): EventBus {
  const embedded = embeddedBus();
  if (!embedded) throw new Error('the embedded bus is not enabled');
  return embedded.bus;
}
