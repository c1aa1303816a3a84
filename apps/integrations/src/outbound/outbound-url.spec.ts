import { ProblemError } from '@parley/contracts';
import { nativeRequire } from '../testing/native-require';
import { DestinationGuard } from './destination-guard';
import { allowedHosts, hostAndPort, outboundUrl } from './outbound-url';
import { isPrivateAddress } from './private-address';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'admitted',
    (error: unknown) => (error instanceof ProblemError ? error.code : error),
  );

describe('a destination that a user sets', () => {
  it.each([
    ['no URL', 'example.com/hook'],
    ['a file', 'file:///etc/passwd'],
    ['another protocol', 'gopher://example.com/'],
    ['a name and password', 'https://user:secret@example.com/'],
    ['a name alone', 'https://user@example.com/'],
  ])('is refused when it is %s', (_what, url) => {
    expect(() => outboundUrl(url)).toThrow(/^destination-refused/);
  });

  it('always has a port to be compared by', () => {
    expect(hostAndPort(outboundUrl('https://Example.com/x'))).toBe('example.com:443');
    expect(hostAndPort(outboundUrl('http://[::1]/x'))).toBe('[::1]:80');
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/', // 127.0.0.1 as one number
    'http://0x7f.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://10.1.2.3:8080/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://localhost/',
  ])('is refused when it is private: %s', async (url) => {
    const guard = new DestinationGuard({ OUTBOUND_ALLOW_HOSTS: '' });
    expect(await codeOf(guard.admit(url))).toBe('destination-refused');
  });

  it.each(['https://1.1.1.1/hook', 'https://[2606:4700::1111]/hook'])(
    'is admitted when it is public: %s',
    async (url) => {
      const guard = new DestinationGuard({ OUTBOUND_ALLOW_HOSTS: '' });
      expect(await codeOf(guard.admit(url))).toBe('admitted');
    },
  );

  it('is admitted when it is private but named by the operator, on that port only', async () => {
    const guard = new DestinationGuard({ OUTBOUND_ALLOW_HOSTS: '10.0.0.5:9000, [::1]:8080' });
    expect(await codeOf(guard.admit('http://10.0.0.5:9000/hook'))).toBe('admitted');
    expect(await codeOf(guard.admit('http://[::1]:8080/hook'))).toBe('admitted');
    expect(await codeOf(guard.admit('http://10.0.0.5:9001/hook'))).toBe('destination-refused');
  });

  it('is filtered by the agent that calls it, unless the operator named it', () => {
    const guard = new DestinationGuard({ OUTBOUND_ALLOW_HOSTS: '127.0.0.1:9000' });
    const agentName = (url: string) => guard.agentFor(new URL(url)).constructor.name;
    expect(agentName('http://127.0.0.1:9000/')).toBe('Agent');
    expect(agentName('http://example.com/')).toBe('RequestFilteringHttpAgent');
    expect(agentName('https://example.com/')).toBe('RequestFilteringHttpsAgent');
  });
});

describe('the list of allowed hosts', () => {
  it('may be empty', () => {
    expect(allowedHosts('').size).toBe(0);
    expect(allowedHosts(' , ').size).toBe(0);
  });
});

describe('an address', () => {
  it('counts as private when it is none', () => {
    expect(isPrivateAddress('not an address')).toBe(true);
  });
});
