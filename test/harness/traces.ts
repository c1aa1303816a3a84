import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openBlobs } from '@parley/blobs';
import { SERVICE_NAMES } from '@parley/config';
import Redis from 'ioredis';
import { Client } from 'pg';

export interface Stores {
  databaseUrl: string;
  redisUrl: string;
  /** With all folders below. */
  folder: string;
}

/** Every place in which one of these words stands, whatever its case: tables, Redis keys, files. */
export async function tracesOf(words: string[], stores: Stores): Promise<string[]> {
  const sought = words.map((word) => word.toLowerCase());
  const found = await Promise.all([
    inTables(sought, stores.databaseUrl),
    inRedis(sought, stores.redisUrl),
    inFiles(sought, stores.folder),
  ]);
  return found.flat().sort();
}

/** Whole rows as text, so that no column, known or new, is passed by. */
export async function inTables(words: string[], url: string): Promise<string[]> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema = ANY($1)`,
      [[...SERVICE_NAMES, 'public']],
    );
    const places: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${name} row WHERE lower(row::text) ~ ANY($1)`,
        [words],
      );
      if ((rows[0]?.count ?? 0) > 0) places.push(`table ${name}`);
    }
    return places;
  } finally {
    await client.end();
  }
}

async function inRedis(words: string[], url: string): Promise<string[]> {
  const redis = new Redis(url);
  try {
    const places: string[] = [];
    for (const key of await redis.keys('*')) {
      const held = `${key} ${await contentOf(redis, key)}`;
      if (hasAny(held, words)) places.push(`redis ${key}`);
    }
    return places;
  } finally {
    redis.disconnect();
  }
}

async function contentOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  switch (type) {
    case 'none':
      return '';
    case 'string':
      return (await redis.get(key)) ?? '';
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, 0, -1));
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    default:
      throw new Error(`nobody looked into ${key}, a ${type}`);
  }
}

async function inFiles(words: string[], folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const places: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (hasAny(await readFile(path, 'latin1'), words)) places.push(`file ${entry.name}`);
    else if (hasAny(await unsealed(folder, path), words)) places.push(`blob ${entry.name}`);
  }
  return places;
}

/** What a blob says to who has its key; nothing where a file is none. */
async function unsealed(folder: string, path: string): Promise<string> {
  const root = join(folder, 'blobs');
  if (!path.startsWith(root)) return '';
  const key = await readFile(join(folder, 'secrets', 'blobs_key'), 'utf8');
  const blobs = await openBlobs({
    BLOBS_DIR: root,
    BLOBS_KEY: key.trim(),
    BLOBS_S3_REGION: '',
    BLOBS_S3_PREFIX: '',
  });
  const blob = await blobs?.read(relative(root, path));
  return blob ? (await buffer(blob.content)).toString('latin1') : '';
}

function hasAny(text: string, words: string[]): boolean {
  const lower = text.toLowerCase();
  return words.some((word) => lower.includes(word));
}
