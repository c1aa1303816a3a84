// Runs suites one after the other, each in a process of its own: one that fails does not keep the others from being run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../apps/standalone/bin/set-up.mjs';
import { RealServersUnavailableError } from '../test/servers/debian-root.mjs';
import { startRealServers } from '../test/servers/start-real-servers.mjs';
import { readSuites } from './suites.mjs';

/** The longest that a suite may take. */
const WITHIN_MINUTES = 120;
const SMOKE_WITHIN_MINUTES = 5;

const RUN = join(ROOT, 'bench/run.mjs');

/** Somebody asked for the end. */
let ended = false;

/** @returns {Promise<number>} the exit code: 1 when a suite failed or could not be run */
export async function runAll({ smoke, args }) {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, into: { type: 'string' } },
  });
  const suites = chosen(values.only);
  const into = values.into ?? (smoke ? mkdtempSync(join(tmpdir(), 'parley-smoke-')) : undefined);
  const given = [...(smoke ? ['--smoke'] : []), ...(into ? ['--into', into] : [])];
  const servers = smoke || !suites.some((suite) => suite.servers) ? undefined : await started();
  const done = [];
  for (const suite of suites) {
    if (ended) break;
    if (suite.servers === 'needed' && !smoke && !servers) {
      done.push(`${suite.name}: left out, there is no PostgreSQL`);
      process.exitCode = 1;
      continue;
    }
    console.error(`\n━━ ${suite.name}: ${suite.title}`);
    const startedAt = performance.now();
    const env = suite.servers ? { ...process.env, ...servers?.env } : process.env;
    const failure = await run([RUN, suite.name, ...given], env, smoke);
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
    done.push(`${suite.name}: ${failure ?? 'done'}, ${seconds} s`);
    if (failure) process.exitCode = 1;
  }
  await servers?.stop();
  console.error(`\n${done.join('\n')}\n\nWritten to ${into ?? join(ROOT, 'docs')}/benchmarks.md`);
  return process.exitCode ?? 0;
}

function chosen(only) {
  const suites = readSuites();
  const names = only?.split(',') ?? suites.map(({ name }) => name);
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}.`);
  return suites.filter(({ name }) => names.includes(name));
}

async function started() {
  try {
    return await startRealServers((line) => console.error(line));
  } catch (error) {
    if (!(error instanceof RealServersUnavailableError)) throw error;
    console.error(error.message);
    return undefined;
  }
}

/** @returns what went wrong, if anything did */
async function run(command, env, smoke) {
  const minutes = smoke ? SMOKE_WITHIN_MINUTES : WITHIN_MINUTES;
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: 'inherit', env });
  const limit = setTimeout(() => child.kill('SIGKILL'), minutes * 60_000);
  // The terminal sends Ctrl-C to the suite as well: it ends first, and the next one is not begun.
  const end = (signal) => {
    ended = true;
    child.kill(signal);
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  const [status, signal] = await once(child, 'exit');
  process.off('SIGINT', end).off('SIGTERM', end);
  clearTimeout(limit);
  if (signal) return ended ? 'ended' : `ended by ${signal}, after ${minutes} minutes at most`;
  return status === 0 ? undefined : `failed (${status})`;
}
