import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ownEnvironment } from '../own-environment';
import type { ReplicaAnswer, ReplicaOrder, ReplicaReady } from './replica-messages';

/** One replica of integrations in a process of its own. */
export class Replica {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Of a workspace that is not the default one. */
    readonly apiKey: string,
  ) {}

  static async start(settings: Record<string, string>): Promise<Replica> {
    const child = fork(join(__dirname, 'replica.main.js'), {
      env: ownEnvironment(settings),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const failed = once(child, 'exit').then(() => {
      throw new Error('integrations did not start');
    });
    const [ready] = (await Promise.race([once(child, 'message'), failed])) as [ReplicaReady];
    failed.catch(() => undefined);
    return new Replica(child, ready.url, ready.apiKey);
  }

  async ask(order: ReplicaOrder): Promise<ReplicaAnswer> {
    const answer = once(this.child, 'message') as Promise<[ReplicaAnswer]>;
    this.child.send(order);
    return (await answer)[0];
  }

  async cpuMs(): Promise<number> {
    return (await this.ask('cpu')).cpuMs;
  }

  /** @param apiKey nobody's when left out: the operator, in the default workspace. */
  async call<T>(method: string, path: string, body?: unknown, apiKey?: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}
