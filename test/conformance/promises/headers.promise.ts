import { WebSocket } from 'ws';
import { promised, shown } from '../../harness/broken-promise';
import type { Answer, Ask } from '../../harness/http';
import { assertSecurityHeaders } from '../harness/security-headers';
import { LISTED_ORIGIN, type Subject } from '../harness/subject';
import { NO_SOCKETS, pledges } from '../pledge';

const STRANGER = 'https://elsewhere.example.test';

export const headerPledges = pledges(9, [
  {
    says: 'puts the security headers on every answer, refusals and pages included, and never says what it runs on',
    check: async (subject) => {
      const asked: [string, Ask][] = [
        [subject.sample.read, {}],
        [subject.sample.unknown, {}],
        ['/v1/nothing-here', {}],
        [subject.sample.read, { key: null }],
        [subject.sample.read, { method: 'DELETE' }],
        [subject.sample.read, { method: 'OPTIONS', headers: { origin: STRANGER } }],
        [subject.sample.jsonRoute.path, { method: 'POST', ...jsonText('{"a":') }],
        [subject.sample.jsonRoute.path, { method: 'POST', ...jsonText('x'.repeat(1_100_000)) }],
        ['/health', { key: null }],
        ['/livez', { key: null }],
        ['/readyz', { key: null }],
        ['/metrics', { key: null }],
        ['/openapi.json', { key: null }],
        ['/docs', { key: null }],
      ];
      for (const [path, ask] of asked) assertSecurityHeaders(await subject.ask(path, ask));
    },
  },
  {
    says: 'guards its pages with a Content-Security-Policy that lets no foreign script in',
    check: async (subject) => {
      let page = await subject.ask('/docs', { key: null });
      if (page.headers.location) page = await subject.ask(page.headers.location, { key: null });
      promised(page.status === 200, `/docs answered ${page.status}`);
      const policy = String(page.headers['content-security-policy'] ?? '');
      promised(policy !== '', '/docs has no policy');
      const directives = new Map(
        policy.split(';').map((part) => {
          const [name = '', ...values] = part.trim().split(/\s+/);
          return [name, values] as const;
        }),
      );
      const scripts = directives.get('script-src') ?? directives.get('default-src') ?? [];
      promised(scripts.length > 0, `no rule for scripts: ${policy}`);
      const open = scripts.filter((source) => /^(\*|https?:|'unsafe-eval'|data:)/.test(source));
      promised(open.length === 0, `scripts may come from ${open.join(' ')}`);
    },
  },
  {
    says: 'lets no page of another origin read its answers unless the origin is listed',
    check: async (subject) => {
      const ask = (origin: string): Promise<Answer> =>
        subject.ask(subject.sample.read, { headers: { origin } });
      const near = [
        STRANGER,
        'null',
        `${LISTED_ORIGIN}.evil.test`,
        LISTED_ORIGIN.replace('https', 'http'),
      ];
      for (const origin of near) {
        const allowed = (await ask(origin)).headers['access-control-allow-origin'];
        promised(allowed === undefined, `${origin} may read it: ${shown(allowed)}`);
      }
      const { headers } = await ask(LISTED_ORIGIN);
      promised(
        headers['access-control-allow-origin'] === LISTED_ORIGIN,
        `the listed origin hears ${shown(headers['access-control-allow-origin'])}`,
      );
      promised(/\borigin\b/i.test(headers.vary ?? ''), 'Vary does not name Origin');
    },
  },
  {
    says: 'answers the preflight of a listed origin without a key, with what a client needs, and no other',
    check: async (subject) => {
      const method = subject.sample.write ? 'POST' : 'GET';
      const preflight = (origin: string): Promise<Answer> =>
        subject.ask(subject.sample.jsonRoute.path, {
          method: 'OPTIONS',
          key: null,
          headers: {
            origin,
            'access-control-request-method': method,
            'access-control-request-headers':
              'authorization,content-type,idempotency-key,x-request-id',
          },
        });
      const { status, headers } = await preflight(LISTED_ORIGIN);
      promised(status === 204 || status === 200, `it answered ${status}`);
      promised(
        headers['access-control-allow-origin'] === LISTED_ORIGIN,
        'the origin is not allowed',
      );
      promised(
        (headers['access-control-allow-methods'] ?? '').includes(method),
        `${method} is not allowed`,
      );
      const allowed = (headers['access-control-allow-headers'] ?? '').toLowerCase();
      for (const name of ['authorization', 'content-type', 'idempotency-key', 'x-request-id']) {
        promised(allowed.includes(name), `${name} is not allowed: ${allowed}`);
      }
      const stranger = await preflight(STRANGER);
      promised(
        stranger.headers['access-control-allow-origin'] === undefined,
        'a stranger is allowed too',
      );
    },
  },
  {
    says: 'opens a WebSocket with a valid key only, and to pages of listed origins only',
    except: NO_SOCKETS,
    check: async (subject) => {
      const paths = await subject.socketPaths();
      promised(paths.length > 0, 'it serves no WebSocket');
      const [key] = subject.around.keys;
      const tries: [number, Record<string, string>][] = [
        [101, { authorization: `Bearer ${key}` }],
        [101, { authorization: `Bearer ${key}`, origin: LISTED_ORIGIN }],
        [401, {}],
        [401, { authorization: 'Bearer wrong-wrong-wrong-wrong' }],
        [403, { authorization: `Bearer ${key}`, origin: STRANGER }],
      ];
      for (const [wanted, headers] of tries) {
        const { authorization: _, ...said } = headers;
        for (const path of paths) {
          const status = await socketStatus(subject, path, headers);
          promised(status === wanted, `${path} with ${shown(said)}: ${status}, not ${wanted}`);
        }
      }
    },
  },
]);

function jsonText(body: string): Ask {
  return { body, headers: { 'content-type': 'application/json' } };
}

/** 101 when it opened. */
function socketStatus(
  subject: Subject,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  const socket = new WebSocket(subject.main.url.replace('http', 'ws') + path, { headers });
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}
