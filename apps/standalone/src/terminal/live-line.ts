import type { Writable } from 'node:stream';

/** A terminal whose last line may be provisional: rewritten until something final is printed. */
export class LiveLine {
  private shown = false;

  constructor(
    private readonly output: Writable & { isTTY?: boolean; columns?: number },
    /** Where the output is no terminal, provisional lines are left out. */
    private readonly enabled = output.isTTY === true,
  ) {}

  print(line: string): void {
    this.clear();
    this.output.write(`${line}\n`);
  }

  show(line: string): void {
    if (!this.enabled) return;
    this.clear();
    this.output.write(line.slice(0, (this.output.columns ?? 80) - 1));
    this.shown = true;
  }

  clear(): void {
    if (this.shown) this.output.write('\r\u001b[2K');
    this.shown = false;
  }
}
