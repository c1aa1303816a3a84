// `npm run dashboards`: writes the dashboards that Grafana loads, from panels.mjs. Written down, so that they can be
// read and compared; test/deployment holds them to this.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DASHBOARDS } from './panels.mjs';

const FOLDER = fileURLToPath(new URL('dashboards/', import.meta.url));
const DATASOURCE = { type: 'prometheus', uid: 'prometheus' };
const [COLUMNS, WIDTH, HEIGHT] = [2, 12, 8];
const JOBS = 'ingestion,asr,nlu,rag,agent,integrations';

function dashboard(name, { title, panels, choosesJob }) {
  return {
    uid: `parley-${name}`,
    title,
    tags: ['parley'],
    schemaVersion: 41,
    editable: false,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    templating: { list: choosesJob ? [jobVariable()] : [] },
    panels: panels.map(panel),
  };
}

function panel({ title, unit, targets }, at) {
  return {
    id: at + 1,
    type: 'timeseries',
    title,
    datasource: DATASOURCE,
    gridPos: {
      x: (at % COLUMNS) * WIDTH,
      y: Math.floor(at / COLUMNS) * HEIGHT,
      w: WIDTH,
      h: HEIGHT,
    },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: targets.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
    })),
  };
}

function jobVariable() {
  const names = JOBS.split(',');
  return {
    name: 'job',
    label: 'Service',
    type: 'custom',
    query: JOBS,
    current: { text: names[0], value: names[0] },
    options: names.map((name, at) => ({ text: name, value: name, selected: at === 0 })),
  };
}

let stale = false;
for (const [name, about] of Object.entries(DASHBOARDS)) {
  const file = join(FOLDER, `${name}.json`);
  const text = `${JSON.stringify(dashboard(name, about), null, 2)}\n`;
  if (process.argv.includes('--check')) stale ||= readFileSync(file, 'utf8') !== text;
  else writeFileSync(file, text);
}
if (stale) {
  console.error('The dashboards are not what panels.mjs says: npm run dashboards.');
  process.exitCode = 1;
}
