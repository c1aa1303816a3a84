import 'reflect-metadata';
import { runSearchBench } from './run-search-bench';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

runSearchBench(process.argv.slice(3), say).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
