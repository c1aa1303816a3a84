import type { SocketLike } from '../sockets/socket';

/** A socket that does what the test says. */
export class FakeSocket implements SocketLike {
  readonly sent: (string | Uint8Array)[] = [];
  closed = false;
  private readonly listeners = new Map<string, (event: never) => void>();

  send(data: string | Uint8Array): void {
    if (!this.closed) this.sent.push(data);
  }
  close(): void {
    this.happen('close', { code: 1000 });
  }
  terminate(): void {
    this.happen('close', { code: 1006 });
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, listener);
  }
  happen(type: string, event: object = {}): void {
    if (this.closed) return;
    this.closed = type === 'close';
    this.listeners.get(type)?.(event as never);
  }
  say(message: object): void {
    this.happen('message', { data: JSON.stringify(message) });
  }
  refuse(code: string, status: number): void {
    const type = `https://parley.dev/problems/${code}`;
    this.say({ type: 'error', problem: { type, title: code, status, requestId: 'r' } });
    this.happen('close', { code: 1011 });
  }

  /** What it was told in words. */
  get told(): Record<string, unknown>[] {
    return this.sent.flatMap((one) =>
      typeof one === 'string' ? [JSON.parse(one) as Record<string, unknown>] : [],
    );
  }
  get audio(): Uint8Array[] {
    return this.sent.filter((one) => typeof one !== 'string');
  }
}
