import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** For tests: a table as the services have them. */
@Entity('notes')
export class Note {
  @PrimaryColumn('text') id: string;
  @Column('text') body: string;
  @Column('vector', { length: 3 }) embedding: number[];
}

/** The migration that makes it in `schema`, searchable by vector, by words and by fragments. */
export function notesMigration(schema: string): new () => MigrationInterface {
  return class CreateNotes implements MigrationInterface {
    readonly name = 'CreateNotes1763800000000';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query('CREATE EXTENSION IF NOT EXISTS vector SCHEMA public');
      await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public');
      await runner.query(`
        CREATE TABLE ${schema}.notes (
          id text PRIMARY KEY,
          body text NOT NULL,
          embedding public.vector(3) NOT NULL,
          words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED
        )`);
      await runner.query(
        `CREATE INDEX ON ${schema}.notes USING hnsw (embedding public.vector_cosine_ops)`,
      );
      await runner.query(`CREATE INDEX ON ${schema}.notes USING gin (words)`);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`DROP TABLE ${schema}.notes`);
    }
  };
}
