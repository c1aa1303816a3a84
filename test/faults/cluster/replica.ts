import type { ServiceName } from '@parley/config';
import { tcpGate, throughGate, type TcpGate } from '@parley/testing';
import { ServiceProcess } from '../../harness/service-process';

/** One process of a service, with doors of its own to Redis and Postgres. */
export class Replica {
  private process: ServiceProcess | undefined;
  /** Set in the environment of the next start, e.g. NODE_OPTIONS. */
  extra: Record<string, string> = {};

  private constructor(
    readonly service: ServiceName,
    /** Tells replicas of one service apart: counted from 1. */
    readonly number: number,
    readonly port: number,
    readonly redis: TcpGate,
    readonly postgres: TcpGate,
    private readonly env: Record<string, string>,
  ) {}

  /** Makes it; `start()` runs it. */
  static async make(
    service: ServiceName,
    number: number,
    port: number,
    env: Record<string, string> & { REDIS_URL: string; DATABASE_URL: string },
  ): Promise<Replica> {
    const [redis, postgres] = await Promise.all([
      tcpGate(env.REDIS_URL),
      tcpGate(env.DATABASE_URL),
    ]);
    await Promise.all([redis.open(), postgres.open()]);
    return new Replica(service, number, port, redis, postgres, {
      ...env,
      REDIS_URL: throughGate(env.REDIS_URL, redis),
      DATABASE_URL: throughGate(env.DATABASE_URL, postgres),
    });
  }

  get name(): string {
    return `${this.service} ${String(this.number)}`;
  }

  get running(): ServiceProcess {
    if (!this.process) throw new Error(`${this.name} was not started`);
    return this.process;
  }

  async start(): Promise<void> {
    const file = `dist/apps/${this.service}/src/main.js`;
    const env = { ...this.env, ...this.extra };
    this.process = await ServiceProcess.spawn({ name: this.service, file }, env, this.port);
  }

  async ready(): Promise<void> {
    await this.running.ready();
  }

  /** `kill -9`, and a new process in its place, as an orchestrator does. */
  async killAndStart(): Promise<void> {
    await this.running.end('SIGKILL');
    await this.start();
  }

  async stop(): Promise<void> {
    this.process?.child.kill('SIGCONT');
    await this.process?.stop();
    await Promise.all([this.redis.shut(), this.postgres.shut()]);
  }
}
