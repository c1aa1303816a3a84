import 'reflect-metadata';
import { runDeliveriesBench } from './run-deliveries-bench';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

runDeliveriesBench(process.argv.slice(3), say).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
