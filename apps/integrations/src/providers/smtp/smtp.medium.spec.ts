import type { Delivery } from '@parley/contracts';
import { FakeMailServer, type MailFault } from '@parley/testing';
import { nativeRequire } from '../../testing/native-require';
import { approved, RunningIntegrations } from '../../testing/running-integrations';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

// Real: the whole service, its database, the embedded bus, nodemailer, SMTP. Fake: the mail server, on loopback.
describe('an email approved for a mail server', () => {
  const server = new FakeMailServer();
  let parley: RunningIntegrations;
  let connection: string;

  beforeAll(async () => {
    await server.start();
    parley = await RunningIntegrations.start({
      OUTBOUND_ALLOW_HOSTS: server.hostAndPort,
      TIMEOUT_SMTP_SECONDS: '1',
    });
    connection = await parley.connect('smtp', settings());
  });
  afterAll(async () => {
    await parley.stop();
    await server.stop();
  });

  const settings = (more: Record<string, unknown> = {}) => ({
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: server.user,
    password: server.password,
    from: 'parley@example.org',
    ...more,
  });
  const mailTo = (to: unknown) =>
    approved(connection, {
      provider: 'smtp',
      tool: 'smtp.email.send',
      arguments: { to, subject: 'The budget\r\nBcc: eve@example.org', body: 'Here it is.' },
    });
  async function send(to: unknown = [{ email: 'ana@example.org' }]) {
    const event = mailTo(to);
    await parley.publish(event);
    const delivery = await parley.outcomeOf(event);
    const mails = server.mails.filter(({ text }) => text.includes(event.data.actionId));
    return { delivery, mails };
  }
  const outcomes = ({ attempts }: Delivery) => attempts.map(({ outcome }) => outcome);

  it('goes out once, to whom it is for and to nobody whom the words name', async () => {
    const { delivery, mails } = await send();
    expect(delivery.status).toBe('succeeded');
    expect(mails).toMatchObject([{ from: 'parley@example.org', to: ['ana@example.org'] }]);
    expect(mails[0]?.text).not.toMatch(/^Bcc:/m);
    expect(mails[0]?.text).toContain('Here it is.');
  });

  it.each([
    { at: 'greeting', how: 'reset' },
    { at: 'AUTH', how: 'reset' },
    { at: 'MAIL', how: 'hang' },
    { at: 'RCPT', how: { reply: '450 4.2.1 busy' } },
    { at: 'DATA', how: 'reset' },
    { at: 'body', how: { reply: '451 4.3.0 try again' } },
  ] satisfies MailFault[])('is tried again after %j: nobody has it', async (fault) => {
    server.failNext(fault);
    const { delivery, mails } = await send();
    expect(outcomes(delivery)).toEqual(['failed', 'succeeded']);
    expect(mails).toHaveLength(1);
  });

  it.each([
    { at: 'body', how: 'reset', taken: true },
    { at: 'body', how: 'hang', taken: true },
    { at: 'body', how: 'reset' },
  ] satisfies MailFault[])('is left to a person after %j', async (fault) => {
    server.failNext(fault);
    const { delivery, mails } = await send();
    expect(delivery.status).toBe('uncertain');
    expect(outcomes(delivery)).toEqual(['uncertain']);
    expect(mails).toHaveLength(fault.taken ? 1 : 0);
  });

  it.each([
    [{ at: 'AUTH', how: { reply: '535 5.7.8 no' } }, 'the mail server refuses the credentials'],
    [{ at: 'RCPT', how: { reply: '550 5.1.1 nobody' } }, 'the mail server answered 550'],
  ] satisfies [MailFault, string][])('fails at once after %j', async (fault, reason) => {
    server.failNext(fault);
    const { delivery } = await send();
    expect(delivery).toMatchObject({ status: 'failed', reason, attempts: { length: 1 } });
  });

  it('fails when nobody whom it is for has an address', async () => {
    const { delivery } = await send([{ name: 'Ana' }]);
    expect(delivery).toMatchObject({ status: 'failed', attempts: { length: 1 } });
  });

  it('is never sent to a private address that the operator did not name', async () => {
    const input = { provider: 'smtp', name: 'inside', settings: settings({ port: 25 }) };
    expect(await parley.call('POST', '/v1/connections', input)).toMatchObject({ status: 422 });
  });

  it('can be tested', async () => {
    const test = () => parley.call('POST', `/v1/connections/${connection}/test`);
    expect(await test()).toMatchObject({ status: 200, body: { works: true } });
    server.failNext({ at: 'AUTH', how: { reply: '535 5.7.8 no' } });
    expect(await test()).toMatchObject({ status: 200, body: { works: false } });
  });
});
