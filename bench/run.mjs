// `npm run bench [-- --no-clone --raw FILE]`: measures this machine with the sample meeting and writes
// docs/quality.md; `--raw` also keeps all that was received, and when.
// `npm run bench -- http`: measures what the platform costs a request and writes docs/platform-cost.md.
// `npm run bench -- page`: measures how fast the page is in a real Chromium and writes docs/page-speed.md.
// `npm run bench -- pipeline [--only NAMES]`: measures how fast the pipeline is and writes docs/pipeline-speed.md.
// `npm run bench -- soak [--meetings 20 --hours 2 --speed 8]`: whether memory stays what it is, and writes docs/soak.md.
// `npm run bench -- search [--sizes NUMBERS]`: measures search and indexing on a real PostgreSQL and writes docs/search-speed.md.
// `npm run bench -- erasure`: measures how long a meeting of two hours takes to be gone and writes docs/erasure-speed.md.
// `npm run bench -- deliveries`: measures deliveries on a real PostgreSQL and writes docs/delivery-speed.md.
import { setUpPage } from '../apps/standalone/bin/set-up-page.mjs';
import { runMeasurement } from './run-measurement.mjs';

const programs = {
  http: 'http/http.main.js',
  pipeline: 'pipeline/pipeline.main.js',
  soak: 'soak/soak.main.js',
  search: 'search/search.main.js',
  page: 'page/page.main.js',
  deliveries: 'deliveries/deliveries.main.js',
  erasure: 'erasure/erasure.main.js',
};
if (process.argv[2] === 'page') await setUpPage((line) => console.error(line));
await runMeasurement(`bench/${programs[process.argv[2]] ?? 'run-bench.js'}`);
