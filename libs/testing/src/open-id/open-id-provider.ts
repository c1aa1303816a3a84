import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { freePorts } from '../free-ports';

const PROGRAM = join(PROJECT_ROOT, 'libs/testing/src/open-id/serve.mjs');

/** What a provider says of somebody, by the name under which they sign in, which is their subject. */
export type People = Record<
  string,
  {
    email?: string;
    email_verified?: boolean;
    name?: string;
    groups?: string[] | string;
    realm_access?: object;
  }
>;

/** What goes wrong at one of the provider's paths from now on. */
export type OpenIdFault =
  | { path: string; kind: 'silent' | 'fails' | 'huge' | 'page' }
  /** Other claims in the ID token: signed by the provider, or changed by somebody who has not its key. */
  | { path: '/token'; kind: 'signed' | 'tampered'; claims: Record<string, unknown> };

export interface ProvidedOptions {
  /** Where people are sent back to. */
  redirectUrl: string;
  /** Null: a public client. Default: one with a secret. */
  clientSecret?: string | null;
  /** Whether the ID token says all that userinfo says. Default: it does not. */
  inIdToken?: boolean;
}

interface Told {
  ready?: true;
  done?: number;
  asked?: Record<string, number>;
}

/** A real OpenID provider on loopback, certified: `oidc-provider`, in a process of its own. */
export class TestOpenIdProvider {
  readonly clientId = 'parley';
  private messages = 0;

  private constructor(
    readonly issuer: string,
    readonly clientSecret: string | null,
    private readonly child: ChildProcess,
  ) {}

  static async start(options: ProvidedOptions): Promise<TestOpenIdProvider> {
    const [port] = await freePorts(1);
    const { clientSecret = 'a secret: of 100 %', redirectUrl, inIdToken = false } = options;
    const given = { port, clientId: 'parley', clientSecret, redirectUrl, inIdToken };
    const child = fork(PROGRAM, [JSON.stringify(given)], {
      env: { PATH: process.env.PATH },
      execArgv: [],
      silent: true,
    });
    process.once('exit', () => child.kill('SIGKILL'));
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the OpenID provider ended with ${String(code)}`);
    });
    const ready = once(child, 'message');
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
    return new TestOpenIdProvider(`http://127.0.0.1:${port}`, clientSecret, child);
  }

  /** Whom it knows from now on. */
  async knows(people: People): Promise<void> {
    await this.tell({ people });
  }

  /** What goes wrong from now on; null: nothing. */
  async breaks(fault: OpenIdFault | null): Promise<void> {
    await this.tell({ fault });
  }

  /** How often each of its paths was asked for. */
  async asked(): Promise<Record<string, number>> {
    return (await this.tell({})).asked ?? {};
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  private async tell(message: object): Promise<Told> {
    const id = ++this.messages;
    this.child.send({ ...message, id });
    for (;;) {
      const [told] = (await once(this.child, 'message')) as [Told];
      if (told.done === id) return told;
    }
  }
}

/**
 * Goes the way of a browser whose person signs in at the provider, or cancels there.
 * @param who `nobody` cancels.
 * @returns the query that the browser comes back to the page with.
 */
export async function signInAtProvider(url: string, who: string): Promise<string> {
  const jar = new Map<string, string>();
  const { origin } = new URL(url);
  const open = async (address: string, form?: URLSearchParams): Promise<Response> => {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2);
      jar.set(name, value);
    }
    return response;
  };
  let response = await open(url);
  for (let step = 0; step < 10; step += 1) {
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, origin);
      if (next.origin !== origin) return next.search;
      response = await open(next.href);
      continue;
    }
    if (!new URL(response.url).pathname.startsWith('/interaction/')) break;
    const form = { who, do: who === 'nobody' ? 'cancel' : 'sign-in' };
    response = await open(response.url, new URLSearchParams(form));
  }
  throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
}
