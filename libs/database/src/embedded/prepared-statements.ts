import { closeStatement, SYNC } from './client-messages';
import { message, readText, text, type Frame } from './wire-framing';

const MOST_STATEMENTS = 1_000;
let connections = 0;

/**
 * One client's prepared statements on the backend that all clients share. Named ones get names of this
 * connection's own; the unnamed one, of which the backend has one only, can be prepared again after
 * somebody else's. Named portals need no care: they live inside a transaction, where nobody else is.
 */
export class PreparedStatements {
  private readonly prefix = `c${++connections}_`;
  private readonly names = new Set<string>();
  private unnamed: Buffer | null = null;

  /** The message as the backend is to see it. */
  own(frame: Frame): Frame {
    const { type, bytes } = frame;
    if (type === 'P') {
      const name = readText(bytes, 5);
      if (name.value === '') this.unnamed = bytes;
      return this.rename(frame, 5, name);
    }
    if (type === 'B') {
      const portal = readText(bytes, 5);
      return this.rename(frame, portal.next, readText(bytes, portal.next));
    }
    if ((type === 'D' || type === 'C') && bytes[5] === 0x53) {
      const name = readText(bytes, 6);
      if (type === 'C') this.names.delete(name.value);
      return this.rename(frame, 6, name);
    }
    return frame;
  }

  /** What to send first when somebody else used the backend since and `batch` wants the unnamed statement. */
  toRestore(batch: readonly Frame[]): Buffer | null {
    if (!this.unnamed) return null;
    for (const { type, bytes } of batch) {
      if (type === 'P' && bytes[5] === 0) return null;
      const wanted =
        (type === 'B' && bytes[readText(bytes, 5).next] === 0) ||
        (type === 'D' && bytes[5] === 0x53 && bytes[6] === 0);
      if (wanted) return Buffer.concat([this.unnamed, SYNC]);
    }
    return null;
  }

  /** What to send when the client has gone; null when it left nothing. */
  toForget(): Buffer | null {
    if (this.names.size === 0) return null;
    const closing = [...this.names].map((name) => closeStatement(this.prefix + name));
    this.names.clear();
    return Buffer.concat([...closing, SYNC]);
  }

  private rename(frame: Frame, at: number, name: { value: string; next: number }): Frame {
    if (name.value === '') return frame;
    if (frame.type === 'P') this.names.add(name.value);
    if (this.names.size > MOST_STATEMENTS) throw new RangeError('too many prepared statements');
    const body = Buffer.concat([
      frame.bytes.subarray(5, at),
      text(this.prefix + name.value),
      frame.bytes.subarray(name.next),
    ]);
    return { type: frame.type, bytes: message(frame.type, body) };
  }
}
