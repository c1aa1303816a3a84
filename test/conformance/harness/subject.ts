import type { Agent } from 'node:http';
import type { ServiceName } from '@parley/config';
import type { OtlpReceiver } from '@parley/testing';
import type { Client } from 'pg';
import {
  BrokenConnectionError,
  BrokenPromiseError,
  promised,
  shown,
} from '../../harness/broken-promise';
import { readExposition, type MetricSample } from './exposition';
import { newAgent, send, type Answer, type Ask } from '../../harness/http';
import type { OpenApi } from './open-api';
import type { Sample, Write } from './samples';
import { ServiceProcess, type ServiceProgram } from '../../harness/service-process';

/** A page whose origin the services under test let in. */
export const LISTED_ORIGIN = 'https://page.example.test';

/** What the services of one run share. */
export interface Surroundings {
  /** The environment of a service, without its port. */
  env: Record<string, string>;
  /** Two valid API keys. */
  keys: readonly [string, string];
  /** Looks into the database behind the service's back. */
  database: Client;
  databaseUrl: string;
  redisUrl: string;
  /** True where locks and cancelled statements mean something: not on the embedded server. */
  realDatabase: boolean;
  traces: OtlpReceiver;
  /** How much of the longest waits is waited: all of it, unless the service is known to fail. Default: 1. */
  patience?: number;
  /** Everything that must never be shown to anybody. */
  secrets: readonly string[];
  /** A second set of servers, with nothing in common with the first. */
  others(): Promise<{ databaseUrl: string; database: Client; redisUrl: string }>;
}

/** One service under test: its process, a way to talk to it, and to start more of it. */
export class Subject {
  /** The answers so far, for the contract: at most a few of each route and status. */
  readonly seen: Answer[] = [];
  private readonly seenOf = new Map<string, number>();
  private readonly agent: Agent = newAgent();
  private readonly started = new Set<ServiceProcess>();
  private document: OpenApi | undefined;

  constructor(
    readonly name: ServiceName | 'careless',
    private readonly program: ServiceProgram,
    readonly main: ServiceProcess,
    readonly sample: Sample,
    readonly around: Surroundings,
  ) {}

  /** The metrics' prefix. */
  get prefix(): string {
    return this.name;
  }

  async ask(path: string, ask: Ask = {}, process = this.main): Promise<Answer> {
    const key = ask.key === undefined ? this.around.keys[0] : ask.key;
    try {
      const answer = await send(process.url, path, { ...ask, key }, this.agent);
      this.remember(answer);
      return answer;
    } catch (error) {
      if (error instanceof BrokenPromiseError || !isOfTheConnection(error)) throw error;
      const about = `${ask.method ?? 'GET'} ${shown(path)}`;
      throw new BrokenConnectionError(`${about}: the connection broke: ${error.message}`, {
        cause: error,
      });
    }
  }

  /** Sends a write under a key. */
  write(
    write: Write,
    ask: Ask & { idempotencyKey?: string } = {},
    process = this.main,
  ): Promise<Answer> {
    const { idempotencyKey, ...more } = ask;
    const headers = {
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...more.headers,
    };
    return this.ask(write.path, { method: 'POST', json: write.body, ...more, headers }, process);
  }

  /** A write that nobody has sent yet. @throws BrokenPromiseError where the service has none. */
  newWrite(database = this.around.database): Promise<Write> {
    if (!this.sample.write) throw new BrokenPromiseError(`${this.name} takes no writes`);
    return this.sample.write(database);
  }

  /** The paths of its WebSockets, with a thing of their own behind them where they need one. */
  async socketPaths(process = this.main): Promise<string[]> {
    const { sockets } = this.sample;
    if (!sockets.some((path) => path.includes('{id}'))) return [...sockets];
    const { json } = await this.write(await this.newWrite(), {}, process);
    return sockets.map((path) => path.replace('{id}', (json as { id: string }).id));
  }

  /** Starts another process of the service; `stopOthers` ends it at the latest. */
  async start(settings: Record<string, string | undefined> = {}): Promise<ServiceProcess> {
    const merged = Object.entries({ ...this.around.env, ...settings });
    const env = Object.fromEntries(
      merged.filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const process = await ServiceProcess.spawn(this.program, env);
    this.started.add(process);
    return process;
  }

  /** Runs `work` with a further process that serves, and stops it. */
  async withProcess<T>(
    settings: Record<string, string | undefined>,
    work: (process: ServiceProcess) => Promise<T>,
  ): Promise<T> {
    const process = await this.start(settings);
    try {
      return await work(await process.ready());
    } finally {
      await process.stop();
      this.started.delete(process);
    }
  }

  async stopOthers(): Promise<void> {
    await Promise.all([...this.started].map((process) => process.stop()));
    this.started.clear();
  }

  async openApi(): Promise<OpenApi> {
    if (this.document) return this.document;
    const { status, json } = await this.ask('/openapi.json');
    const document = json as OpenApi | undefined;
    if (status !== 200 || typeof document?.paths !== 'object') {
      throw new BrokenPromiseError(`/openapi.json answered ${status} and no OpenAPI document`);
    }
    return (this.document = document);
  }

  async metrics(process = this.main): Promise<MetricSample[]> {
    const { status, text } = await this.ask('/metrics', {}, process);
    promised(status === 200, `/metrics answered ${status}`);
    return readExposition(text);
  }

  close(): void {
    this.agent.destroy();
  }

  private remember(answer: Answer): void {
    const kind = `${answer.method} ${answer.path.split('?')[0] ?? ''} ${answer.status}`;
    const count = this.seenOf.get(kind) ?? 0;
    if (count >= 3 || this.seen.length >= 4_000) return;
    this.seenOf.set(kind, count + 1);
    this.seen.push(answer);
  }
}

/** By its code: jest's `Error` is not the one of Node's own modules. */
function isOfTheConnection(error: unknown): error is Error {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(E[A-Z]+|HPE_\w+)$/.test(code);
}
