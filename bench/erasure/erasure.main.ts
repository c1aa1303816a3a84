import 'reflect-metadata';
import { runErasureBench } from './run-erasure-bench';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

runErasureBench(say).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
