// The table of `npm run conformance`: services across, promises down, from what jest reported.
import { createRequire } from 'node:module';

const SIGNS = { passed: '✓', failed: '✗' };
const WIDTH = 78;

/**
 * @param {{ testResults: { assertionResults: object[] }[] }} report as jest's --json writes it
 * @param {(line: string) => void} print
 */
export function printTable(report, print) {
  const require = createRequire(import.meta.url);
  require('reflect-metadata');
  const { allPledges } = require('../../dist/test/conformance/all-pledges.js');
  const { ROWS, reasonAgainst } = require('../../dist/test/conformance/pledge.js');
  const { SERVICE_NAMES } = require('../../dist/libs/config/src/index.js');
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const outcomeOf = (service, row, says) =>
    results.find(
      ({ ancestorTitles: [top, name, group], title }) =>
        top === 'conformance' && name === service && group === row && title === says,
    );
  const reasons = new Map();
  const failures = [];
  const heads = SERVICE_NAMES.map((name) => name.slice(0, 9).padStart(10)).join('');
  print(`\n${'promise'.padEnd(WIDTH)}${heads}`);
  let lastRow;
  for (const pledge of allPledges) {
    const row = `${pledge.row} ${ROWS[pledge.row]}`;
    if (row !== lastRow) print(`\n${row}`);
    lastRow = row;
    const cells = SERVICE_NAMES.map((service) => {
      const reason = reasonAgainst(pledge, service);
      if (reason) {
        if (!reasons.has(reason)) reasons.set(reason, String.fromCharCode(97 + reasons.size));
        return `– ${reasons.get(reason)}`;
      }
      const found = outcomeOf(service, row, pledge.says);
      if (found?.status === 'failed') {
        failures.push(`${service}, ${row}: ${pledge.says}\n    ${firstLines(found)}`);
      }
      return SIGNS[found?.status] ?? '?';
    });
    const lines = wrapped(pledge.says, WIDTH - 4);
    print(`  ${lines[0].padEnd(WIDTH - 2)}${cells.map((cell) => cell.padStart(10)).join('')}`);
    for (const line of lines.slice(1)) print(`    ${line}`);
  }
  print('\n✓ kept  ✗ broken  ? not tried  – not applicable:');
  for (const [reason, letter] of reasons) print(`  ${letter}  ${reason}`);
  if (failures.length > 0) print(`\nBroken:\n  ${failures.join('\n  ')}`);
}

function firstLines({ failureMessages: [message = ''] }) {
  const plain = message.replaceAll(/\u001b\[[0-9;]*m/g, '');
  return plain
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(0, 4)
    .join('\n    ')
    .slice(0, 900);
}

function wrapped(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length + 1 > width) lines.push(word);
    else lines[last] += (lines[last] ? ' ' : '') + word;
  }
  return lines;
}
