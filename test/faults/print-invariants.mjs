// The table of `npm run faults`: episodes across, invariants down, from what jest reported.
const SIGNS = { passed: '✓', failed: '✗' };
const WIDTH = 84;

/**
 * @param {{ testResults: { assertionResults: object[] }[] }} report as jest's --json writes it
 * @param {(line: string) => void} print
 */
export function printInvariants(report, print) {
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const episodes = [...new Set(results.map(({ ancestorTitles }) => ancestorTitles[1]))];
  const invariants = [...new Set(results.map(({ title }) => title))];
  const heads = episodes.map((_, at) => (at === 0 ? 'none' : String(at)).padStart(5)).join('');
  print(`\n${(results[0]?.ancestorTitles[0] ?? 'faults').padEnd(WIDTH)}${heads}`);
  let violations = 0;
  for (const says of invariants) {
    const cells = episodes.map((episode) => {
      const found = results.find(
        ({ ancestorTitles, title }) => ancestorTitles[1] === episode && title === says,
      );
      if (found?.status === 'failed') violations += 1;
      return (SIGNS[found?.status] ?? '?').padStart(5);
    });
    print(`${says.padEnd(WIDTH)}${cells.join('')}`);
  }
  print(`\n${violations} violations; episode "none" is the meeting that nothing disturbed.`);
}
