import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceUrls } from '@parley/client';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import type { PageSettings } from './page.settings';
import { isFree } from './ports';

const SET_UP = join(PROJECT_ROOT, 'apps/standalone/bin/set-up-page.mjs');
const POLL_MS = 100;
const UP_WITHIN_MS = 30_000;
/** A page that ended by itself is started again after so long. */
const AGAIN_AFTER_MS = 2_000;

interface PageSetUp {
  setUpPage(report: (line: string) => void): Promise<void>;
  PAGE_SERVER: string;
}

/** The page, built where it is not yet, in a process of its own that is started again when it ends. */
export class PageProcess {
  private child: ChildProcess | undefined;
  private stopped = false;

  private constructor(
    private readonly file: string,
    private readonly env: NodeJS.ProcessEnv,
    readonly url: string,
    private readonly report: (line: string) => void,
  ) {}

  /** The addresses by which a browser on this machine knows the page. */
  static origins({ PAGE_PORT }: PageSettings): string[] {
    return [PageProcess.origin(PAGE_PORT), `http://127.0.0.1:${PAGE_PORT}`];
  }

  /** Where people are sent back to who went elsewhere to sign in, unless PAGE_ORIGIN says otherwise. */
  static origin(port: number): string {
    return `http://localhost:${port}`;
  }

  /**
   * Resolves once it serves.
   * @throws Error that says what a person can do: the port is taken, the build failed.
   */
  static async start(
    settings: PageSettings & { HOST: string },
    urls: ServiceUrls,
    report: (line: string) => void,
    signal: AbortSignal,
  ): Promise<PageProcess> {
    const { PAGE_PORT: port, HOST: host } = settings;
    if (!(await isFree(port, host))) {
      throw new Error(`port ${port} is taken by another program. PAGE_PORT chooses another.`);
    }
    // A module of its own kind, which runs before anything is built.
    const { setUpPage, PAGE_SERVER } = (await import(pathToFileURL(SET_UP).href)) as PageSetUp;
    await setUpPage(report);
    signal.throwIfAborted();
    const [url = ''] = PageProcess.origins(settings);
    const page = new PageProcess(PAGE_SERVER, environment(settings, urls), url, report);
    page.run();
    await page.serves(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`, signal);
    return page;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  private run(): void {
    const child = spawn(process.execPath, [this.file], {
      env: this.env,
      stdio: ['ignore', 'ignore', 'ignore'],
      // A Ctrl-C at the terminal is for the launcher, which stops the page itself.
      detached: true,
    });
    this.child = child;
    process.once('exit', () => child.kill('SIGKILL'));
    child.once('exit', () => {
      if (this.stopped) return;
      this.report('The page ended unexpectedly; it is started again.');
      setTimeout(() => {
        if (!this.stopped) this.run();
      }, AGAIN_AFTER_MS).unref();
    });
  }

  private async serves(url: string, signal: AbortSignal): Promise<void> {
    const until = performance.now() + UP_WITHIN_MS;
    while (!(await answers(url))) {
      signal.throwIfAborted();
      if (performance.now() > until) throw new Error('it does not answer.');
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** What the page needs to know, and nothing else: no database, no provider, no service key. */
function environment(
  settings: PageSettings & { HOST: string },
  urls: ServiceUrls,
): NodeJS.ProcessEnv {
  const { PAGE_PORT, HOST, NEXT_PUBLIC_API_URL, PAGE_SESSION_KEY } = settings;
  const { port: ingestionPort } = new URL(urls.ingestion);
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(PAGE_PORT),
    HOSTNAME: HOST,
    INGESTION_PUBLIC_PORT: ingestionPort,
    ...(NEXT_PUBLIC_API_URL ? { NEXT_PUBLIC_API_URL } : {}),
    ...(PAGE_SESSION_KEY ? { PAGE_SESSION_KEY } : {}),
    ...Object.fromEntries(SERVICE_NAMES.map((name) => [`${name.toUpperCase()}_URL`, urls[name]])),
  };
}
