// `npm start`: from a bare clone to a running system. Runs on built-ins only until the packages are there.
import { assertNode } from './node-version.mjs';

assertNode();
const { run } = await import('./run-built.mjs');
await run('start');
