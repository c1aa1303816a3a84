import { tcpGate, throughGate, type TcpGate } from '@parley/testing';
import type { Client } from 'pg';
import { Canary } from './canary';
import type { ServiceProcess } from '../../harness/service-process';
import type { Subject } from './subject';

/** A process to be rough with: its servers can be taken away, its time is short, its neighbours are made up. */
export interface Spare {
  process: ServiceProcess;
  redis: TcpGate;
  postgres: TcpGate;
  /** The database behind the gate. */
  database: Client;
  /** Whom it calls when it calls another service. */
  canary: Canary;
}

const spares = new WeakMap<Subject, Promise<Spare>>();

/** The subject's spare process, started when first asked for, and again if it has ended. */
export async function spareOf(subject: Subject): Promise<Spare> {
  const known = await spares.get(subject);
  if (known?.process.running) return known;
  const starting = startSpare(subject);
  spares.set(subject, starting);
  return starting;
}

/** Ends what `spareOf` began. */
export async function endSpare(subject: Subject): Promise<void> {
  const spare = await spares.get(subject)?.catch(() => undefined);
  if (!spare) return;
  await spare.process.stop();
  await Promise.all([spare.redis.shut(), spare.postgres.shut(), spare.canary.stop()]);
}

async function startSpare(subject: Subject): Promise<Spare> {
  const gates = await gatesOf(subject);
  await Promise.all([gates.redis.open(), gates.postgres.open()]);
  const canary = await Canary.start();
  const process = await subject.start({
    ...gates.settings,
    ...neighboursAt(canary.url),
    REQUEST_TIMEOUT_SECONDS: '1',
  });
  await process.ready();
  const { redis, postgres, database } = gates;
  return { process, redis, postgres, database, canary };
}

/** Shut gates to the second set of servers, and the settings that lead through them. */
export async function gatesOf(subject: Subject): Promise<{
  redis: TcpGate;
  postgres: TcpGate;
  database: Client;
  settings: Record<string, string>;
}> {
  const others = await subject.around.others();
  const redis = await tcpGate(others.redisUrl);
  const postgres = await tcpGate(others.databaseUrl);
  const settings = {
    DATABASE_URL: throughGate(others.databaseUrl, postgres),
    REDIS_URL: throughGate(others.redisUrl, redis),
  };
  return { redis, postgres, database: others.database, settings };
}

function neighboursAt(url: string): Record<string, string> {
  const names = ['INGESTION', 'ASR', 'NLU', 'RAG', 'AGENT', 'INTEGRATIONS'];
  return Object.fromEntries(names.map((name) => [`${name}_URL`, url]));
}
