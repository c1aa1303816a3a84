// `npm start`: from a bare clone to a running system. Runs on built-ins only until the packages are there.
import { assertNode } from './node-version.mjs';

const HELP = `npm start [-- options]   brings up the six services, the page, an embedded database and event bus

  --demo       plays the sample meeting, also when there are meetings already
  --no-demo    never plays it (otherwise: on the first start)
  --no-page    leaves the page out

Settings come from the environment: docs/settings.md. Ctrl-C stops everything.`;

if (process.argv.slice(2).some((option) => option === '--help' || option === '-h')) {
  console.log(HELP);
  process.exit(0);
}
assertNode();
const { run } = await import('./run-built.mjs');
await run('start');
