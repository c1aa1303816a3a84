import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { builtFile } from '@parley/config';
import { freePorts } from '@parley/testing';

export interface ProbeProcess {
  url: string;
  child: ChildProcess;
  /** What it has printed. */
  output(): string;
  /** Resolves once it prints more. @throws when it ends first. */
  printed(): Promise<void>;
  /** Resolves once it has printed `text`. @throws when it ends first. */
  prints(text: string): Promise<void>;
  /** Resolves once `path` answers `status`. */
  answers(path: string, status: number): Promise<Response>;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

const ASK_EVERY_MS = 25;

/** For tests: the probe service in a process of its own, without limits, with nothing else in its environment but `env`. */
export async function startProbe(env: Record<string, string>): Promise<ProbeProcess> {
  const [port] = await freePorts(1);
  const child = spawn(process.execPath, [builtFile(__dirname, 'probe.main')], {
    env: { NLU_PORT: String(port), RATE_LIMIT_PER_MINUTE: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      child.emit('printed');
    });
  }
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    process.off('exit', kill);
    return (code ?? signal) as number | string;
  });
  const failWhenEnded = ended.then((code) => {
    throw new Error(`the service ended (${code}):\n${output}`);
  });
  failWhenEnded.catch(() => undefined);
  const url = `http://127.0.0.1:${String(port)}`;
  const printed = async (): Promise<void> => {
    await Promise.race([once(child, 'printed'), failWhenEnded]);
  };
  return {
    url,
    child,
    ended,
    output: () => output,
    printed,
    prints: async (text) => {
      while (!output.includes(text)) await printed();
    },
    answers: async (path, status) => {
      for (;;) {
        const answer = await fetch(url + path).catch(() => null);
        if (answer?.status === status) return answer;
        await answer?.body?.cancel();
        await Promise.race([wait(ASK_EVERY_MS), failWhenEnded]);
      }
    },
  };
}
