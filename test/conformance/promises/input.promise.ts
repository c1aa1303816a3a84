import { gzipSync } from 'node:zlib';
import { promised, shown } from '../../harness/broken-promise';
import type { Answer } from '../../harness/http';
import { problemCode } from '../harness/problem';
import type { Subject } from '../harness/subject';
import { NO_JSON, pledges } from '../pledge';
import { MALFORMED_JSON } from '../walker/hostile-values';
import { walk } from '../walker/walk';

export const inputPledges = pledges(8, [
  {
    says: `answers each of ${MALFORMED_JSON.length} malformed JSON texts with 400 malformed-json`,
    except: NO_JSON,
    check: async (subject) => {
      for (const body of MALFORMED_JSON) {
        const answer = await post(subject, body, 'application/json');
        const code = problemCode(answer);
        promised(
          answer.status === 400 && code === 'malformed-json',
          `${shown(String(body))} was answered ${answer.status} ${code}`,
        );
      }
    },
  },
  {
    says: 'answers any other media type, charset or encoding with 415',
    except: NO_JSON,
    check: async (subject) => {
      const types = [
        'text/plain',
        'application/xml',
        'application/jsonx',
        'application/x-www-form-urlencoded',
        'nonsense',
        '',
      ];
      for (const type of types) {
        const answer = await post(subject, '{}', type);
        promised(answer.status === 415, `${shown(type)} was answered ${answer.status}`);
        problemCode(answer);
      }
      const utf7 = await post(subject, '{}', 'application/json; charset=utf-7');
      promised(utf7.status === 415, `charset utf-7 was answered ${utf7.status}`);
      for (const encoding of ['br-of-nobody', 'compress', 'gzip, gzip']) {
        const answer = await post(subject, gzipSync('{}'), 'application/json', {
          'content-encoding': encoding,
        });
        promised(answer.status === 415, `encoding ${encoding} was answered ${answer.status}`);
        problemCode(answer);
      }
    },
  },
  {
    says: 'answers an unknown field with 400 and names it',
    except: NO_JSON,
    check: async (subject) => {
      const body = await validBody(subject);
      const answer = await post(subject, JSON.stringify({ ...body, surpriseField: 1 }));
      promised(answer.status === 400, `it was answered ${answer.status}`);
      problemCode(answer);
      promised(answer.text.includes('surpriseField'), 'the answer does not name the field');
    },
  },
  {
    says: 'answers a wrong method with 405 and the methods that it allows',
    check: async (subject) => {
      for (const method of ['PUT', 'DELETE', 'PATCH']) {
        const answer = await subject.ask(subject.sample.read, { method });
        promised(answer.status === 405, `${method} was answered ${answer.status}`);
        problemCode(answer);
        promised(
          /\bGET\b/.test(answer.headers.allow ?? ''),
          `${method}: Allow is ${shown(answer.headers.allow)}`,
        );
      }
    },
  },
  {
    says: 'is not harmed by __proto__, constructor and prototype in a body or a query',
    except: NO_JSON,
    check: async (subject) => {
      const valid = JSON.stringify(await validBody(subject)).slice(1);
      for (const member of [
        '"__proto__":{"status":299,"polluted":"yes"}',
        '"constructor":{"prototype":{"polluted":"yes"}}',
        '"prototype":{"polluted":"yes"}',
      ]) {
        const answer = await post(subject, `{${member},${valid}`);
        promised(answer.status < 500, `${member} was answered ${answer.status}`);
        if (answer.status >= 400) problemCode(answer);
      }
      await subject.ask(
        `${subject.sample.read}?__proto__[polluted]=yes&constructor[prototype][polluted]=yes`,
      );
      const after = await subject.ask(subject.sample.read);
      promised(!after.text.includes('polluted'), 'later answers are polluted');
    },
  },
  {
    says: 'answers NUL, lone surrogates and huge numbers with 400, and right-to-left text never with 500',
    except: NO_JSON,
    check: async (subject) => {
      const body = await validBody(subject);
      const texts = Object.entries(body).filter(([, value]) => typeof value === 'string');
      const [field] = texts.at(-1) ?? [];
      promised(field !== undefined, 'the sample has no text field');
      const raw = (text: string): string =>
        JSON.stringify({ ...body, [field]: '%' }).replace('"%"', text);
      for (const text of [
        '"a\\u0000b"',
        '"\\ud800"',
        '"\\udc00x"',
        '1e999',
        '-1e999',
        '1' + '0'.repeat(400),
      ]) {
        const answer = await post(subject, raw(text));
        promised(answer.status === 400, `${shown(text)} in ${field} was answered ${answer.status}`);
        problemCode(answer);
      }
      for (const text of [
        '"\u202eabc\u202c"',
        '"שלום"',
        '"\ufeff"',
        '"\u0007\u001b[2J"'.replaceAll('\u0007', '\\u0007').replaceAll('\u001b', '\\u001b'),
      ]) {
        const answer = await post(subject, raw(text));
        promised(answer.status < 500, `${shown(text)} in ${field} was answered ${answer.status}`);
      }
    },
  },
  {
    says: 'never fails, hangs or leaks on any route, whatever the walker sends',
    limitMs: 180_000,
    check: async (subject) => {
      const { asked, complaints } = await walk(subject);
      promised(asked > 50, `the walker found only ${asked} cases`);
      promised(
        complaints.length === 0,
        `${complaints.length} of ${asked} cases:\n${complaints.slice(0, 12).join('\n')}`,
      );
    },
  },
]);

/** What the sample's route takes. */
async function validBody(subject: Subject): Promise<Record<string, unknown>> {
  return (await subject.newWrite()).body;
}

async function post(
  subject: Subject,
  body: string | Buffer,
  type = 'application/json',
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { path } = await subject.newWrite();
  const typed: Record<string, string> = type === '' ? {} : { 'content-type': type };
  return subject.ask(path, { method: 'POST', body, headers: { ...typed, ...headers } });
}
