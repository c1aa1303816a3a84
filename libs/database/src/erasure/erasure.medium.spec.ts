import { makeEvent, newId } from '@parley/contracts';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { UnitOfWork } from '../outbox/unit-of-work';
import { RecordingBus } from '../testing/recording.bus';
import { startServiceApp } from '../testing/service-app';
import { lackingGuards } from './guards';
import { ALL_WORDS, notesOf, type TableHolding } from './holding';
import { isMeetingErased } from './meeting-erased';
import { MeetingEraser } from './meeting-eraser';
import { WordEraser } from './word-eraser';

class CreateTables1763800000000 implements MigrationInterface {
  readonly name = 'CreateTables1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE alpha.words (meeting_id uuid NOT NULL, text text NOT NULL)`);
    await runner.query(`CREATE TABLE alpha.sent (meeting_id text NOT NULL, text text)`);
    await runner.query(`CREATE TABLE alpha.undeclared (meeting_id uuid, text text NOT NULL)`);
  }

  async down(): Promise<void> {
    // The database goes with the test.
  }
}

const holdings: TableHolding[] = [
  { table: 'words', holds: 'words', onErasure: 'delete' },
  { table: 'sent', holds: 'what was sent', onErasure: { set: 'text = NULL', rest: 'that it was' } },
];

// Real: the embedded database. The bus only takes notes.
describe('erasing a meeting from the tables of a service', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let rows: DataSource;
  let eraser: MeetingEraser;
  let meeting: string;
  let other: string;
  const texts = async (table: string): Promise<(string | null)[]> =>
    (await rows.query<{ text: string | null }[]>(`SELECT text FROM alpha.${table}`)).map(
      ({ text }) => text,
    );
  const say = (table: string, id: string | null, text: string) =>
    rows.query(`INSERT INTO alpha.${table} (meeting_id, text) VALUES ($1, $2)`, [id, text]);

  beforeAll(async () => {
    database = await startTestDatabase();
    app = await startServiceApp(database.url, new RecordingBus(), {
      schema: 'alpha',
      entities: [],
      migrations: [CreateTables1763800000000],
      holdings,
    });
    rows = app.get(DataSource);
    eraser = app.get(MeetingEraser);
  });

  afterAll(async () => {
    await app.close();
    await database.stop();
  });

  beforeEach(async () => {
    [meeting, other] = [newId(), newId()];
    for (const table of ['words', 'sent', 'undeclared']) {
      await rows.query(`DELETE FROM alpha.${table}`);
      await say(table, meeting, 'secret');
      await say(table, other, 'stays');
    }
  });

  const erase = () =>
    app.get(UnitOfWork).run(async ({ manager }) => {
      await eraser.bury(manager, meeting);
      return eraser.erase(manager, meeting);
    });

  it('takes its rows from every table, also from one that nobody declared, and counts them', async () => {
    expect(await erase()).toEqual([
      { store: 'alpha.undeclared', erased: 1 },
      { store: 'alpha.words', erased: 1 },
      { store: 'alpha.sent', erased: 1 },
      { store: 'alpha.outbox', erased: 0 },
    ]);
    expect(await texts('words')).toEqual(['stays']);
    expect(await texts('undeclared')).toEqual(['stays']);
    expect((await texts('sent')).sort()).toEqual([null, 'stays'].sort());
  });

  it.each(['words', 'sent', 'undeclared'])(
    'lets nothing of it into %s afterwards',
    async (table) => {
      await erase();
      const refusal: unknown = await say(table, meeting, 'late').catch((error: unknown) => error);
      expect(isMeetingErased(refusal)).toBe(true);
      await say(table, other, 'more');
      expect(await texts(table)).toContain('more');
      expect(await texts(table)).not.toContain('late');
    },
  );

  it('lets no late change into a row that stays', async () => {
    await erase();
    const change = rows.query(`UPDATE alpha.sent SET text = 'late' WHERE meeting_id = $1`, [
      meeting,
    ]);
    expect(isMeetingErased(await change.catch((error: unknown) => error))).toBe(true);
  });

  it('lets no event of it into the outbox, but the ones that say that it is erased', async () => {
    await erase();
    const work = app.get(UnitOfWork);
    const about = { meetingId: meeting };
    const ended = { endedAt: new Date().toISOString(), channels: [] };
    const told = work.run(async ({ emit }) => {
      emit(makeEvent('meeting.ended', ended, about));
    });
    expect(isMeetingErased(await told.catch((error: unknown) => error))).toBe(true);
    await work.run(async ({ emit }) => {
      emit(makeEvent('meeting.forgotten', { service: 'alpha', stores: [] }, about));
    });
  });

  it('waits for writers that may not have seen the tombstone', async () => {
    await expect(eraser.writersDone()).resolves.toBeUndefined();
  });

  it('refuses of a meeting that is notes-only what the list says by now, whatever it said at first', async () => {
    await app.get(UnitOfWork).run(({ manager }) => app.get(WordEraser).bury(manager, meeting));
    const guard = async (refused: string) => {
      const words = { ...ALL_WORDS, refused };
      const runner = rows.createQueryRunner();
      const statements = await lackingGuards(runner, 'alpha', [
        { table: 'words', holds: '', onErasure: 'delete', words },
      ]);
      for (const each of statements.filter((text) => text.includes('refuse_words'))) {
        await runner.query(each);
      }
      await runner.release();
    };
    await guard(`NEW.text = 'one'`);
    await say('words', meeting, 'another');
    await guard(`NEW.text IN ('one', 'another')`);
    const refusal: unknown = await say('words', meeting, 'another').catch(
      (error: unknown) => error,
    );
    expect(isMeetingErased(refusal)).toBe(true);
    await say('words', other, 'another');
  });

  it.each([
    ['extractive-1', ['written']],
    ['some-model', ['made', 'written']],
  ])('keeps of a summary by %s no quote, and what a person wrote', async (engine, keyPoints) => {
    const line = (text: string, more = {}) => ({
      text,
      citations: [
        { type: 'segment', id: 's', quote: 'secret' },
        { type: 'chunk', id: 'c', quote: 'of a document' },
      ],
      ...more,
    });
    const summary = {
      engine,
      sections: {
        objectives: [],
        keyPoints: [line('made'), line('written', { editedBy: 'Ann' })],
        decisions: [line('decided')],
        tasks: [],
        openQuestions: [],
      },
    };
    const [found] = await rows.query<{ notes: typeof summary }[]>(
      `SELECT ${notesOf('alpha', 'held.summary')} AS notes FROM (SELECT $1::jsonb AS summary) AS held`,
      [summary],
    );
    const { sections } = found?.notes ?? summary;
    expect(sections.keyPoints.map(({ text }) => text)).toEqual(keyPoints);
    expect(sections.decisions).toEqual([
      { text: 'decided', citations: [{ type: 'chunk', id: 'c', quote: 'of a document' }] },
    ]);
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});
