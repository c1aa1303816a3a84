import 'reflect-metadata';
import { measure } from '../bench/measure';
import { evaluateSpeech } from './speech/evaluate-speech';
import { evaluateUnderstanding } from './understanding/evaluate-understanding';

const what = process.argv[2];

if (what === 'speech') measure(what, evaluateSpeech);
else if (what === 'understanding') measure(what, evaluateUnderstanding);
else {
  process.stderr.write(
    'Say what is to be measured: npm run evaluate -- speech | understanding (--help says more)\n',
  );
  process.exitCode = 1;
}
