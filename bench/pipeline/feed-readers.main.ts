import { Agent, get } from 'node:http';
import { percentile } from '../percentile';

// So many server-sent feeds at once; says `ready`, and once stdin ends, how old what was said was on arrival.
const [url = '', count = '1'] = process.argv.slice(2);
const SAID_AT = /said at (\d{13})/g;
const ages: number[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
let open = 0;

for (let nth = 0; nth < Number(count); nth++) {
  get(url, { agent }, (response) => {
    if (response.statusCode !== 200) {
      process.stderr.write(`a feed was refused: ${response.statusCode ?? 0}\n`);
      process.exit(1);
    }
    let rest = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const now = Date.now();
      const text = rest + chunk;
      const whole = text.lastIndexOf('\n\n');
      rest = text.slice(whole + 2);
      for (const [, said] of text.slice(0, whole).matchAll(SAID_AT)) ages.push(now - Number(said));
    });
    open += 1;
    if (open === Number(count)) process.stdout.write('ready\n');
  });
}

process.stdin.resume().once('end', () => {
  const result = { p50: percentile(ages, 50), p95: percentile(ages, 95), count: ages.length };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
});
