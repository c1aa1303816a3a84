// `node test/servers/run.mjs -- <command>`: runs the command beside real servers and ends as it ends.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { RealServersUnavailableError } from './debian-root.mjs';
import { startRealServers } from './start-real-servers.mjs';

const marked = process.argv.indexOf('--');
const [program, ...args] = process.argv.slice(marked < 0 ? 2 : marked + 1);
if (!program) {
  console.error('usage: node test/servers/run.mjs -- <command> [arguments]');
  process.exit(2);
}

let servers;
try {
  servers = await startRealServers((line) => console.error(line));
} catch (error) {
  if (!(error instanceof RealServersUnavailableError)) throw error;
  console.error(error.message);
  process.exit(1);
}
const child = spawn(program, args, {
  stdio: 'inherit',
  env: { ...process.env, ...servers.env },
});
// The terminal sends Ctrl-C to the command as well: the servers outlive it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
const code = await new Promise((resolve) => {
  child.once('error', (error) => {
    console.error(`${program} cannot be run: ${error.message}`);
    resolve(127);
  });
  child.once('exit', (status, signal) => {
    resolve(status ?? 128 + (signal ? constants.signals[signal] : 0));
  });
});
await servers.stop();
process.exit(code);
