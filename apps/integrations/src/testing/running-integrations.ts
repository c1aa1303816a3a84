import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import {
  makeEvent,
  newId,
  signApproval,
  type ActionApproved,
  type Delivery,
  type Envelope,
} from '@parley/contracts';
import { configureLogging } from '@parley/observability';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, startWebhookReceiver, type WebhookReceiver } from '@parley/testing';
import { DataSource } from 'typeorm';
import { IntegrationsModule } from '../integrations.module';

const SIGNING_KEY = 'a signing key that is long enough for it';
/** Allowed to be called, but nothing listens there. */
export const NOBODY = '127.0.0.1:1';
const WAIT_LIMIT_MS = 20_000;

/** The service with its own database, the embedded bus and a real receiver on loopback. */
export class RunningIntegrations {
  /** The final deliveries that were told on the bus, oldest first. */
  readonly told: Delivery[] = [];
  /** As many listen as deliveries are waited for. */
  private readonly arrivals = new EventEmitter().setMaxListeners(0);

  private constructor(
    readonly dataDir: string,
    readonly receiver: WebhookReceiver,
    private readonly database: { url: string; stop(): Promise<void> },
    private service: RunningService,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RunningIntegrations> {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-integrations-'));
    const database = await startTestDatabase();
    const receiver = await startWebhookReceiver();
    provideSettings({
      // What one test breaks is not to be left alone in the next.
      CB_MAX_FAILURES: '1000',
      RETRY_BUDGET_PERCENT: '2000',
      ...settings,
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      DATA_DIR: dataDir,
      APPROVAL_SIGNING_KEY: SIGNING_KEY,
      OUTBOUND_ALLOW_HOSTS: [receiver.hostAndPort, NOBODY, settings.OUTBOUND_ALLOW_HOSTS].join(','),
      RETRY_BASE_SECONDS: '0.02',
      DELIVERY_SWEEP_SECONDS: '0.1',
    });
    configureLogging({ level: 'silent' });
    enableEmbeddedBus();
    const service = await createService(IntegrationsModule, 'integrations', { port: 0 });
    const running = new RunningIntegrations(dataDir, receiver, database, service);
    await running.listen();
    return running;
  }

  /** The process goes, and another takes its place; the bus and the database stay. */
  async replace(): Promise<void> {
    await this.service.close();
    this.service = await createService(IntegrationsModule, 'integrations', { port: 0 });
  }

  async stop(): Promise<void> {
    await this.service.close();
    await disableEmbeddedBus();
    await this.receiver.stop();
    await this.database.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** The running part of the service that is of this class. */
  part<T>(type: Type<T>): T {
    return this.service.app.get(type, { strict: false });
  }

  get url(): string {
    return this.service.url;
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
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  /** Adds a connection and gives its id. */
  async connect(provider: string, settings: Record<string, unknown> = {}): Promise<string> {
    const name = `${provider} ${newId()}`;
    const input = { provider, name, settings };
    const { status, body } = await this.call<{ id: string }>('POST', '/v1/connections', input);
    if (status !== 201) throw new Error(`connecting was answered ${status}`);
    return body.id;
  }

  connectReceiver(): Promise<string> {
    const { url, secret } = this.receiver;
    return this.connect('webhook', { url, secret });
  }

  /** Publishes as agent does; resolves when the service has acknowledged it. */
  async publish(...events: Envelope[]): Promise<void> {
    await embeddedBus()?.bus.publish(...events);
  }

  /** Resolves with the final delivery of an action once it has been told on the bus. */
  async outcomeOf(event: Envelope<'action.approved'>, count = 1): Promise<Delivery> {
    const limit = AbortSignal.timeout(WAIT_LIMIT_MS);
    const mine = () => this.told.filter(({ actionId }) => actionId === event.data.actionId);
    while (mine().length < count) await once(this.arrivals, 'told', { signal: limit });
    const delivery = mine()[count - 1];
    if (!delivery) throw new Error('it was told and is not there');
    return delivery;
  }

  async sql(text: string, parameters: unknown[] = []): Promise<unknown> {
    return this.service.app.get(DataSource).query(text, parameters);
  }

  private async listen(): Promise<void> {
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['delivery'],
      types: ['delivery.succeeded', 'delivery.failed', 'delivery.uncertain'],
      handler: (event) => {
        this.told.push((event.data as { delivery: Delivery }).delivery);
        this.arrivals.emit('told');
        return Promise.resolve();
      },
    });
  }
}

/** An action as agent would announce it, approved a moment ago unless `more` says otherwise. */
export function approved(
  connectionId: string,
  more: Partial<Omit<ActionApproved, 'approval'>> & { expiresAt?: Date; key?: string } = {},
): Envelope<'action.approved'> {
  const { expiresAt = new Date(Date.now() + 600_000), key = SIGNING_KEY, ...changed } = more;
  const action = {
    actionId: newId<string>(),
    suggestionId: newId<string>(),
    connectionId,
    provider: 'webhook',
    tool: 'webhook.post',
    arguments: { title: 'Send the budget', owner: 'Ana' },
    citations: [{ type: 'segment' as const, id: 'm:main:3', quote: 'I will send the budget' }],
    ...changed,
  };
  const decision = {
    decidedBy: 'ana',
    decidedAt: new Date().toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
  const approval = signApproval(action, decision, key);
  return makeEvent('action.approved', { ...action, approval }, { meetingId: newId<string>() });
}
