import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { toSmtpFailure } from './smtp-failure';

export interface MailServer {
  /** As the certificate names it. */
  name: string;
  address: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  login: { user: string; pass: string } | null;
}

export interface Letter {
  from: string;
  to: string[];
  /** RFC 5322. */
  text: Buffer;
}

/**
 * Connects, logs in and, where there is a letter, hands it over; the socket is closed when the signal fires.
 * @throws ProviderFailure certain unless a byte of the letter was on its way and no answer came
 */
export async function converse(
  server: MailServer,
  letter: Letter | null,
  signal: AbortSignal,
): Promise<void> {
  const connection = new SMTPConnection({
    host: server.address,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    tls: { servername: server.name },
  });
  let isUnderWay = false;
  const hangUp = (): void => {
    connection.close();
  };
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    await step(connection, signal, (done) => {
      connection.connect(done);
    });
    const { login } = server;
    if (login) {
      await step(connection, signal, (done) => {
        connection.login({ credentials: login, user: login.user, pass: login.pass }, done);
      });
    }
    if (!letter) return;
    // Read only once the server has said that it is ready for the letter.
    const text = Readable.from(
      (function* () {
        isUnderWay = true;
        yield letter.text;
      })(),
    );
    await step(connection, signal, (done) => {
      connection.send({ from: letter.from, to: letter.to }, text, done);
    });
  } catch (error) {
    throw toSmtpFailure(error, { isUnderWay, timedOut: signal.aborted });
  } finally {
    signal.removeEventListener('abort', hangUp);
    connection.close();
  }
}

/** One step, which ends by itself, by an error of the connection, or by the signal. */
function step(
  connection: SMTPConnection,
  signal: AbortSignal,
  take: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (): void => {
      reject(new Error('the time is up'));
    };
    if (signal.aborted) {
      over();
      return;
    }
    signal.addEventListener('abort', over, { once: true });
    connection.on('error', reject);
    take((error) => {
      signal.removeEventListener('abort', over);
      if (error) reject(error);
      else resolve();
    });
  });
}
