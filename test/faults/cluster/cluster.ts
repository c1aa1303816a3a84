import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParleyClient, type ParleyClient, type ServiceUrls } from '@parley/client';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import { freePorts, WebhookReceiver } from '@parley/testing';
import { SocketLines } from './socket-lines';
import { Balancer } from '../../harness/balancer';
import { FaultPostgres } from './fault-postgres';
import { FaultRedis } from './fault-redis';
import { Replica } from './replica';

const REPLICAS: Record<ServiceName, number> = {
  ingestion: 1,
  asr: 2,
  nlu: 2,
  rag: 1,
  agent: 2,
  integrations: 2,
};

/** Short, so that a run of many faults is short; each stands for a longer one in production. */
const IMPATIENT = {
  ASR_LEASE_SECONDS: '3',
  BUS_CLAIM_IDLE_SECONDS: '3',
  PROVIDER_TIMEOUT_DEFAULT_SECONDS: '2',
  PROVIDER_TOTAL_BUDGET_SECONDS: '3',
  DELIVERY_SWEEP_SECONDS: '1',
  CB_WINDOW_SECONDS: '3',
  // A provider that is down for seconds is not to end in `failed`: that would be a person's turn.
  RETRY_MAX_ATTEMPTS: '10',
  RETRY_BUDGET_PERCENT: '2000',
  RATE_LIMIT_PER_MINUTE: '0',
  SHUTDOWN_GRACE_SECONDS: '10',
};

/** The whole system as processes: Redis, Postgres, every service, two of those that share their work. */
export class Cluster {
  readonly replicas: Replica[] = [];
  private readonly balancers = new Map<ServiceName, Balancer>();
  readonly client: ParleyClient;
  readonly lines = new SocketLines();

  private constructor(
    readonly redis: FaultRedis,
    readonly postgres: FaultPostgres,
    /** Takes what is delivered to the webhook connection. */
    readonly receiver: WebhookReceiver,
    readonly dataDir: string,
    urls: ServiceUrls,
    apiKey: string,
  ) {
    this.client = createParleyClient({ baseUrls: urls, apiKey, openSocket: this.lines.open });
  }

  static async start(): Promise<Cluster> {
    const [redis, postgres, receiver] = await Promise.all([
      FaultRedis.start(),
      FaultPostgres.start(),
      WebhookReceiver.start(),
    ]);
    const balancers = await Promise.all(SERVICE_NAMES.map(() => Balancer.start()));
    const urlOf = (at: number): string => balancers[at]?.url ?? '';
    const urls = Object.fromEntries(SERVICE_NAMES.map((name, at) => [name, urlOf(at)]));
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-faults-'));
    const apiKey = secret();
    const cluster = new Cluster(redis, postgres, receiver, dataDir, urls as ServiceUrls, apiKey);
    const env = {
      ...Object.fromEntries(
        SERVICE_NAMES.map((name, at) => [`${name.toUpperCase()}_URL`, urlOf(at)]),
      ),
      ...IMPATIENT,
      DATABASE_URL: postgres.url,
      DATABASE_POOL_SIZE: postgres.isReal ? '5' : '2',
      REDIS_URL: redis.url,
      DATA_DIR: dataDir,
      MODELS_DIR: join(PROJECT_ROOT, '.parley/models'),
      AUTH_ENABLED: '1',
      SERVICE_API_KEY: apiKey,
      APPROVAL_SIGNING_KEY: secret(),
      CONNECTIONS_KEY: randomBytes(32).toString('base64'),
      OUTBOUND_ALLOW_HOSTS: receiver.hostAndPort,
      LOG_LEVEL: 'info',
    };
    for (const [at, service] of SERVICE_NAMES.entries()) {
      const ports = await freePorts(REPLICAS[service]);
      const balancer = balancers[at];
      balancer?.serve(ports);
      if (balancer) cluster.balancers.set(service, balancer);
      for (const [index, port] of ports.entries()) {
        cluster.replicas.push(await Replica.make(service, index + 1, port, env));
      }
    }
    try {
      await Promise.all(cluster.replicas.map((replica) => replica.start()));
      await cluster.ready();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  of(service: ServiceName): Replica[] {
    return this.replicas.filter((replica) => replica.service === service);
  }

  /** Resolves when every replica serves. */
  async ready(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.ready()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    await Promise.all([...this.balancers.values()].map((balancer) => balancer.stop()));
    await Promise.all([this.receiver.stop(), this.redis.stop(), this.postgres.stop()]);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function secret(): string {
  return randomBytes(20).toString('hex');
}
