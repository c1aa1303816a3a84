import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { parse } from 'yaml';

interface Rules {
  groups: { rules: { alert?: string; annotations?: { summary: string; runbook_url: string } }[] }[];
}
interface RuleTests {
  tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
}

const FOLDER = join(PROJECT_ROOT, 'docker/observability/prometheus');
const read = (file: string): unknown => parse(readFileSync(join(FOLDER, file), 'utf8'));
const alerts = (read('rules/alerts.rules.yml') as Rules).groups.flatMap(({ rules }) => rules);
const cases = (read('alerts.test.yml') as RuleTests).tests.flatMap((one) => one.alert_rule_test);
const hasPromtool = !spawnSync('promtool', ['--version']).error;
const promtool = (...args: string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: FOLDER, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
};

describe('the alerts', () => {
  it.each(alerts.map(({ alert }) => alert ?? ''))(
    '%s is tried as it fires and as it does not',
    (name) => {
      const ofThis = cases.filter(({ alertname }) => alertname === name);
      expect(ofThis.some((one) => one.exp_alerts.length > 0)).toBe(true);
      expect(ofThis.some((one) => one.exp_alerts.length === 0)).toBe(true);
    },
  );

  it('each lead to a section of the runbooks, and no section is left over', () => {
    const page = readFileSync(join(PROJECT_ROOT, 'docs/runbooks.md'), 'utf8');
    const sections = [...page.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(alerts.map(({ alert }) => alert));
    for (const { alert, annotations } of alerts) {
      expect(annotations?.runbook_url).toBe(`docs/runbooks.md#${(alert ?? '').toLowerCase()}`);
    }
  });

  (hasPromtool ? it : it.skip)('behave as their tests say (promtool)', () => {
    expect(promtool('test', 'rules', 'alerts.test.yml')).toMatchObject({ status: 0 });
  });

  (hasPromtool ? it : it.skip)('and both configurations are valid (promtool)', () => {
    for (const kind of ['compose', 'swarm']) {
      const checked = promtool('check', 'config', '--syntax-only', `prometheus.${kind}.yml`);
      expect(checked).toMatchObject({ status: 0 });
    }
  });

  it('the two configurations differ in how replicas are found, and in nothing else', () => {
    const lines = (kind: string): string[] =>
      readFileSync(join(FOLDER, `prometheus.${kind}.yml`), 'utf8')
        .split('\n')
        .slice(1);
    expect(lines('swarm').map((line) => line.replace('tasks.', ''))).toEqual(lines('compose'));
  });

  it('the dashboards are what panels.mjs says (npm run dashboards)', () => {
    const check = ['docker/observability/grafana/make-dashboards.mjs', '--check'];
    expect(spawnSync(process.execPath, check, { cwd: PROJECT_ROOT }).status).toBe(0);
  });
});
