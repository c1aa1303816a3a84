import { randomUUID } from 'node:crypto';
import type { StoredAnswer } from '../answer';
import type { Completion, IdempotencyStore, Mark } from '../store/idempotency.store';

/** A store under test, and how its time passes. */
export interface StoreUnderTest {
  store: IdempotencyStore;
  pass(ms: number): Promise<void>;
}

const LONG_MS = 60_000;
const SHORT_MS = 100;

/** What every store promises, whatever keeps its keys. */
export function idempotencyStoreContract(kind: string, open: () => StoreUnderTest): void {
  describe(`the idempotency store (${kind})`, () => {
    let store: IdempotencyStore;
    let pass: StoreUnderTest['pass'];
    let slot: string;

    beforeEach(() => {
      ({ store, pass } = open());
      slot = randomUUID();
    });

    it('lets exactly one of many concurrent callers claim a key', async () => {
      const claims = await Promise.all(
        Array.from({ length: 20 }, () => store.claim(slot, makeMark(), LONG_MS)),
      );
      const states = claims.map(({ state }) => state).sort();
      expect(states).toEqual(['claimed', ...Array.from({ length: 19 }, () => 'in-flight')]);
    });

    it('tells who comes second what payload the key was claimed for', async () => {
      await store.claim(slot, makeMark({ fingerprint: 'first' }), LONG_MS);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toEqual({
        state: 'in-flight',
        fingerprint: 'first',
      });
    });

    it('gives the first answer to all who come later, as it was', async () => {
      const mark = makeMark({ fingerprint: 'first' });
      const answer = makeAnswer({ body: '{"text":"mark:\\"x\\": ünï","n":1}' });
      await store.claim(slot, mark, LONG_MS);
      expect(await store.complete(slot, completion(mark, { answer }), LONG_MS)).toBe(true);
      const done = { state: 'done', fingerprint: 'first', answer };
      expect(await store.claim(slot, makeMark(), LONG_MS)).toEqual(done);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toEqual(done);
    });

    it('frees a key at once when nothing was done', async () => {
      const mark = makeMark();
      await store.claim(slot, mark, LONG_MS);
      expect(await store.release(slot, mark.token)).toBe(true);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toEqual({ state: 'claimed' });
    });

    it('lets only the owner of a mark free, keep or complete it', async () => {
      const owner = makeMark({ fingerprint: 'owner' });
      const other = makeMark();
      await store.claim(slot, owner, LONG_MS);
      expect(await store.release(slot, other.token)).toBe(false);
      expect(await store.hold(slot, other, LONG_MS)).toBe(false);
      expect(await store.complete(slot, completion(other), LONG_MS)).toBe(false);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toEqual({
        state: 'in-flight',
        fingerprint: 'owner',
      });
    });

    it('never replaces a stored answer', async () => {
      const mark = makeMark();
      const answer = makeAnswer({ status: 202 });
      await store.claim(slot, mark, LONG_MS);
      await store.complete(slot, completion(mark, { answer }), LONG_MS);
      expect(await store.complete(slot, completion(mark), LONG_MS)).toBe(false);
      expect(await store.hold(slot, mark, LONG_MS)).toBe(false);
      expect(await store.release(slot, mark.token)).toBe(false);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toMatchObject({ answer });
    });

    it('frees the key of an owner who never came back', async () => {
      await store.claim(slot, makeMark(), SHORT_MS);
      await pass(SHORT_MS);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toEqual({ state: 'claimed' });
    });

    it('keeps a mark that its owner prolongs', async () => {
      const mark = makeMark();
      await store.claim(slot, mark, SHORT_MS);
      expect(await store.hold(slot, mark, LONG_MS)).toBe(true);
      await pass(SHORT_MS);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toMatchObject({ state: 'in-flight' });
    });

    it('takes the answer of an owner whose mark ran out, unless another has the key', async () => {
      const late = makeMark();
      await store.claim(slot, late, SHORT_MS);
      await pass(SHORT_MS);
      expect(await store.complete(slot, completion(late), LONG_MS)).toBe(true);
      const taken = randomUUID();
      await store.claim(taken, late, SHORT_MS);
      await pass(SHORT_MS);
      await store.claim(taken, makeMark(), LONG_MS);
      expect(await store.complete(taken, completion(late), LONG_MS)).toBe(false);
    });

    it('forgets an answer when its time is up', async () => {
      const mark = makeMark();
      await store.claim(slot, mark, LONG_MS);
      await store.complete(slot, completion(mark), SHORT_MS);
      await pass(SHORT_MS);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toEqual({ state: 'claimed' });
    });

    it('erases the answers of a meeting, and no others', async () => {
      const [meeting, other] = [randomUUID(), randomUUID()];
      const slots = [randomUUID(), randomUUID(), randomUUID()] as const;
      const meetings = [[meeting], [other, meeting], [other]];
      for (const [index, one] of slots.entries()) {
        const mark = makeMark();
        await store.claim(one, mark, LONG_MS);
        const meetingIds = meetings[index] ?? [];
        await store.complete(one, completion(mark, { meetingIds }), LONG_MS);
      }
      expect(await store.forgetMeeting(meeting, LONG_MS)).toBe(2);
      const claims = slots.map((one) => store.claim(one, makeMark(), LONG_MS));
      const states = (await Promise.all(claims)).map(({ state }) => state);
      expect(states).toEqual(['claimed', 'claimed', 'done']);
    });

    it('does not keep an answer whose meeting was erased while its request ran', async () => {
      const meeting = randomUUID();
      const mark = makeMark();
      await store.claim(slot, mark, LONG_MS);
      await store.forgetMeeting(meeting, LONG_MS);
      await store.complete(slot, completion(mark, { meetingIds: [meeting] }), LONG_MS);
      expect(await store.claim(slot, makeMark(), LONG_MS)).toEqual({ state: 'claimed' });
    });
  });
}

export function makeMark(more: Partial<Mark> = {}): Mark {
  return { token: randomUUID(), fingerprint: 'payload', ...more };
}

export function makeAnswer(more: Partial<StoredAnswer> = {}): StoredAnswer {
  return { status: 201, headers: {}, body: '{"id":"1"}', sent: false, ...more };
}

export function completion(mark: Mark, more: Partial<Completion> = {}): Completion {
  return { ...mark, answer: makeAnswer(), meetingIds: [], ...more };
}
