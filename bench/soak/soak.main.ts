import 'reflect-metadata';
import { runSoak } from './run-soak';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

runSoak(process.argv.slice(3), say).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
