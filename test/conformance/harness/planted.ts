import { randomBytes } from 'node:crypto';
import type { Answer } from '../../harness/http';
import type { Subject } from './subject';

/** What must be found nowhere afterwards, each made up and unlike anything else. */
export interface Planted {
  email: string;
  token: string;
  key: string;
  words: string;
}

export function planted(): Planted {
  const mark = randomBytes(6).toString('hex');
  return {
    email: `anna.${mark}@planted.example`,
    token: `sk-planted${mark}${mark}`,
    key: `planted-key-${mark}-${mark}`,
    words: `the heron ${mark} leaves at dawn`,
  };
}

/** Sends what was planted in every place where a client may put something. @returns the refusals. */
export async function plantIn(subject: Subject, plant: Planted): Promise<Answer[]> {
  const { email, token, key, words } = plant;
  const { sample } = subject;
  const query = new URLSearchParams({ cursor: email, q: words, token, api_key: key }).toString();
  const answers = [
    await subject.ask(sample.read, { key: null, headers: { authorization: `Bearer ${token}` } }),
    await subject.ask(sample.read, { key: null, headers: { 'x-api-key': key } }),
    await subject.ask(sample.read, {
      headers: {
        cookie: `session=${token}`,
        referer: `https://x.test/?mail=${email}`,
        'user-agent': words,
      },
    }),
    await subject.ask(`${sample.read}?${query}`),
    await subject.ask(`/v1/nothing/${encodeURIComponent(email)}?${query}`, {}),
  ];
  if (sample.write) {
    const write = await subject.newWrite();
    const said = { ...textsReplaced(write.body, words) };
    answers.push(await subject.ask(write.path, { method: 'POST', json: said }));
    for (const value of [email, token, words]) {
      const body = { ...write.body, note: value, [Object.keys(write.body)[0] ?? 'a']: [value] };
      answers.push(await subject.ask(write.path, { method: 'POST', json: body }));
    }
    const broken = `{"text": "${words}", "email": "${email}", `;
    const headers = { 'content-type': 'application/json' };
    answers.push(await subject.ask(write.path, { method: 'POST', body: broken, headers }));
  }
  return answers.filter(({ status }) => status >= 400).map(withoutOwnPath);
}

/** A problem repeats the path that the client itself asked for. */
function withoutOwnPath(answer: Answer): Answer {
  if (typeof answer.json !== 'object' || answer.json === null) return answer;
  const { instance: _, ...body } = answer.json as Record<string, unknown>;
  return { ...answer, text: JSON.stringify(body) };
}

function textsReplaced(body: Record<string, unknown>, text: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' && name !== 'provider' ? `${value} ${text}` : value,
    ]),
  );
}
