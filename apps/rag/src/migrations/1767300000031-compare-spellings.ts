import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * For names that are asked for in another spelling than they were written down in. No index of trigrams: each count of a word
 * that changes would be written into it anew, and only words that stand nowhere are ever compared.
 */
export class CompareSpellings1767300000031 implements MigrationInterface {
  readonly name = 'CompareSpellings1767300000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public`);
    // Where somebody has made it elsewhere, nothing was done.
    const [found] = (await runner.query(
      `SELECT to_regprocedure('public.similarity(text, text)') IS NOT NULL AS "isThere"`,
    )) as { isThere: boolean }[];
    if (found?.isThere) return;
    throw new Error(
      'pg_trgm is not in the schema public: ALTER EXTENSION pg_trgm SET SCHEMA public, then start again',
    );
  }

  async down(): Promise<void> {
    // Others may use it, and it holds no data.
  }
}
