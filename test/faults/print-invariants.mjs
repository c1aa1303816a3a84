// The table of `npm run faults`: episodes across, invariants down, from what jest reported.
const SIGNS = { passed: '✓', failed: '✗' };
const WIDTH = 84;
/** More columns are no table any more: then it says how often each held, and where it did not. */
const MOST_COLUMNS = 20;

/**
 * @param {{ testResults: { assertionResults: object[] }[] }} report as jest's --json writes it
 * @param {(line: string) => void} print
 */
export function printInvariants(report, print) {
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const episodes = [...new Set(results.map(({ ancestorTitles }) => ancestorTitles[1]))];
  const invariants = [...new Set(results.map(({ title }) => title))];
  const wide = episodes.length > MOST_COLUMNS;
  const names = episodes.map((_, at) => (at === 0 ? 'none' : String(at)));
  const heads = wide ? `held in, of ${episodes.length}` : columns(names);
  print(`\n${(results[0]?.ancestorTitles[0] ?? 'faults').padEnd(WIDTH)}${heads}`);
  let violations = 0;
  for (const says of invariants) {
    const statuses = episodes.map(
      (episode) =>
        results.find(({ ancestorTitles, title }) => ancestorTitles[1] === episode && title === says)
          ?.status,
    );
    violations += statuses.filter((status) => status === 'failed').length;
    const cells = wide ? held(statuses, names) : columns(statuses.map((one) => SIGNS[one] ?? '?'));
    print(`${says.padEnd(WIDTH)}${cells}`);
  }
  print(`\n${violations} violations; episode "none" is the meeting that nothing disturbed.`);
}

function columns(cells) {
  return cells.map((cell) => cell.padStart(5)).join('');
}

function held(statuses, names) {
  const not = names.filter((_, at) => statuses[at] !== 'passed');
  const count = String(statuses.length - not.length).padStart(5);
  return not.length === 0 ? count : `${count}, not in ${not.join(', ')}`;
}
