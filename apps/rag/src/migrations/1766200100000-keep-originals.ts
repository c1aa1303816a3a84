import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which documents have their original kept as a blob, and the key that seals it. */
export class KeepOriginals1766200100000 implements MigrationInterface {
  readonly name = 'KeepOriginals1766200100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rag.documents ADD key_id text`);
    await runner.query(`CREATE INDEX documents_by_key ON rag.documents (key_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rag.documents DROP key_id`);
  }
}
