// A server that runs as a child process until it is stopped by its pid.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;

/** @returns {Promise<number>} a loopback port that nobody listens on */
export async function freePort() {
  const probe = createServer();
  await new Promise((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/**
 * @param {{ command: string[], readyWhen: string, stopSignal: NodeJS.Signals }} options
 *   `readyWhen` is what it prints once it takes connections
 * @returns {Promise<{ pid: number, stop(): Promise<void> }>}
 * @throws {Error} with what it printed, when it ends or is silent instead
 */
export async function startServer({ command, readyWhen, stopSignal }) {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  // A run that is cut short must not leave a server behind.
  process.once('exit', kill);
  const gone = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  const stop = async () => {
    child.kill(stopSignal);
    const cut = setTimeout(kill, STOP_LIMIT_MS);
    await gone;
    clearTimeout(cut);
    process.off('exit', kill);
  };
  let output = '';
  let limit;
  const ready = new Promise((resolve, reject) => {
    limit = setTimeout(() => reject(new Error('it did not say that it is ready')), START_LIMIT_MS);
    const read = (chunk) => {
      output = (output + chunk.toString()).slice(-4_000);
      if (output.includes(readyWhen)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
  try {
    await ready;
  } catch (error) {
    await stop();
    throw new Error(`${program} did not start: ${error.message}\n${output}`, { cause: error });
  } finally {
    clearTimeout(limit);
  }
  return { pid: child.pid, stop };
}
