// `npm run meeting|replay|approve|dead-letters|settings|keys|audit`: the other commands, prepared like `npm start`.
import { assertNode } from './node-version.mjs';

assertNode();
const { run } = await import('./run-built.mjs');
const [command, ...rest] = process.argv.slice(2);
process.argv.splice(2, process.argv.length, ...rest);
await run(command);
