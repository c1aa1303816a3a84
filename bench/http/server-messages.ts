import { createInterface } from 'node:readline';
import { ownCpuMs } from '../own-cpu';

/** What a measured server tells the bench, a line of JSON each. */
export interface ServerReport {
  port?: number;
  /** Processor time of the whole process so far. */
  cpuMs?: number;
}

/** Says that the server listens, and answers each line with the processor time used so far; ends with its input. */
export function reportReady(port: number): void {
  const send = (report: ServerReport): void =>
    void process.stdout.write(`${JSON.stringify(report)}\n`);
  createInterface({ input: process.stdin })
    .on('line', () => {
      send({ cpuMs: ownCpuMs() });
    })
    .once('close', () => process.exit(0));
  send({ port });
}
