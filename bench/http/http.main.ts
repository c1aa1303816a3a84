import { runHttpBench } from './run-http-bench';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

runHttpBench(say).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
