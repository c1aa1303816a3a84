import 'reflect-metadata';
import { evaluateSpeech } from './speech/evaluate-speech';
import { evaluateUnderstanding } from './understanding/evaluate-understanding';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const [what, ...args] = process.argv.slice(2);

async function evaluate(): Promise<void> {
  if (what === 'speech') return evaluateSpeech(args, say);
  if (what === 'understanding') return evaluateUnderstanding(args, say);
  throw new Error(
    'Say what is to be measured: npm run evaluate -- speech | understanding (--help says more)',
  );
}

evaluate().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
