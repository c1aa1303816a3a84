// `npm run bench`: runs every suite of bench/suites.json, one after the other, and writes docs/benchmarks.md.
// `npm run bench -- all --only http,page`: runs some of them.
// `npm run bench -- smoke [--only NAMES]`: every suite at a tiny size, into a temporary folder: whether it can be run.
// `npm run bench -- report`: writes docs/benchmarks.md anew from the figures in docs/benchmarks.
// `npm run bench -- NAME`: one suite, which writes its page and docs/benchmarks.md:
//   sample [--no-clone --raw FILE]  start-up and the sample meeting; `--raw` also keeps all that was received, and when
//   http                            what the platform costs a request
//   pipeline [--only NAMES]         how fast the pipeline is
//   search [--sizes NUMBERS]        search and indexing on a real PostgreSQL
//   deliveries                      deliveries on a real PostgreSQL
//   erasure                         how long a meeting of two hours takes to be gone
//   page                            how fast the page is in a real Chromium
//   scale                           how far one Redis and one PostgreSQL go, without recognition
//   soak [--meetings 20 --hours 2 --speed 8]  whether memory stays what it is
//   speech                          how well speech is heard
//   understanding                   how well meetings are found and understood
// Every suite takes `--smoke` and `--into FOLDER`. `npm run evaluate -- speech | understanding` is the same.
import { setUpPage } from '../apps/standalone/bin/set-up-page.mjs';
import { runAll } from './run-all.mjs';
import { runMeasurement } from './run-measurement.mjs';
import { readSuites } from './suites.mjs';

const [first = 'all', ...rest] = process.argv.slice(2);
const [what, args] = first.startsWith('--') ? ['all', [first, ...rest]] : [first, rest];
const program = readSuites().find(({ name }) => name === what)?.program;
if (what === 'all' || what === 'smoke') {
  process.exitCode = await runAll({ smoke: what === 'smoke', args });
} else if (what === 'report') {
  await runMeasurement('bench/report/report.main.js');
} else if (program) {
  if (what === 'page') await setUpPage((line) => console.error(line));
  await runMeasurement(program);
} else {
  const names = readSuites().map(({ name }) => name);
  console.error(`There is no ${what}: all, smoke, report, ${names.join(', ')}.`);
  process.exitCode = 2;
}
