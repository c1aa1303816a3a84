import 'reflect-metadata';
import { trainIntents } from './train-intents';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

if (process.argv[2] === 'intents') trainIntents(say);
else {
  say('Say what is to be learnt: npm run train -- intents');
  process.exitCode = 1;
}
