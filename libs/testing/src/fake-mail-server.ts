import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** The whole mail, RFC 5322. */
  text: string;
}

/**
 * How a mail server misbehaves for one connection: answers `reply` to `at` and goes on, or is silent or cuts there.
 * `body` is the dot after the mail; `taken` puts it in the box first.
 */
export interface MailFault {
  at: 'greeting' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body';
  how: 'reset' | 'hang' | { reply: string };
  taken?: boolean;
}

/** A mail server on loopback that speaks enough of SMTP (RFC 5321) to take a mail, with faults on demand. */
export class FakeMailServer {
  readonly user = 'bot@example.org';
  readonly password = 'fake-mail-password';
  readonly mails: ReceivedMail[] = [];
  connections = 0;
  private readonly faults: MailFault[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.sockets.delete(socket));
      this.serve(socket).catch(() => socket.destroy());
    });
  }

  async start(): Promise<this> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get hostAndPort(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** One for each of the next connections. */
  failNext(...faults: MailFault[]): void {
    this.faults.push(...faults);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async serve(socket: Socket): Promise<void> {
    this.connections += 1;
    const fault = this.faults.shift();
    const mail: ReceivedMail = { from: '', to: [], text: '' };
    /** @returns false when nothing more is to be said. */
    const say = (at: MailFault['at'] | null, reply: string): boolean => {
      if (fault?.at !== at) {
        socket.write(`${reply}\r\n`);
        return true;
      }
      if (fault.taken) this.mails.push(mail);
      if (fault.how === 'reset') socket.resetAndDestroy();
      else if (fault.how !== 'hang') socket.write(`${fault.how.reply}\r\n`);
      return typeof fault.how === 'object';
    };
    if (!say('greeting', '220 fake ESMTP')) return;
    let inBody = false;
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (inBody) {
        if (line !== '.') {
          mail.text += `${line}\n`;
          continue;
        }
        inBody = false;
        if (fault?.at !== 'body') this.mails.push(mail);
        if (!say('body', '250 2.0.0 taken as fake-1')) return;
        continue;
      }
      const verb = line.slice(0, 4).toUpperCase();
      switch (verb) {
        case 'EHLO':
          socket.write('250-fake\r\n250 AUTH PLAIN\r\n');
          break;
        case 'AUTH': {
          const given = Buffer.from(line.slice(11), 'base64').toString();
          const right = given === `\0${this.user}\0${this.password}`;
          if (!say('AUTH', right ? '235 welcome' : '535 5.7.8 bad credentials')) return;
          break;
        }
        case 'MAIL':
          mail.from = /<(.*?)>/.exec(line)?.[1] ?? '';
          if (!say('MAIL', '250 ok')) return;
          break;
        case 'RCPT':
          mail.to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
          if (!say('RCPT', '250 ok')) return;
          break;
        case 'DATA':
          if (!say('DATA', '354 go on')) return;
          inBody = fault?.at !== 'DATA';
          break;
        case 'QUIT':
          socket.end('221 bye\r\n');
          return;
        default:
          socket.write('250 ok\r\n');
      }
    }
  }
}
