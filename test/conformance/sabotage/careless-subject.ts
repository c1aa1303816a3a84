import { randomUUID } from 'node:crypto';
import { ServiceProcess, type ServiceProgram } from '../../harness/service-process';
import type { Sample } from '../harness/samples';
import { Subject, type Surroundings } from '../harness/subject';
import { endSubject, startSurroundings } from '../harness/world';

/** Its output, from the project's root. */
const program: ServiceProgram = {
  name: 'careless',
  file: 'dist/test/conformance/sabotage/careless-service.main.js',
};

const sample: Sample = {
  write: async () => {
    const name = `conformance ${randomUUID()}`;
    return {
      path: '/v1/things',
      body: { name },
      otherBody: { name, size: 2 },
      badBody: { name: 7 },
      effects: async () => 2,
    };
  },
  otherWrite: { path: '/v1/things', body: { name: 'another' } },
  jsonRoute: { path: '/v1/things' },
  read: '/v1/things',
  slowRead: { path: '/v1/things', table: 'careless.things' },
  meetings: { table: 'careless.meetings', id: 'id' },
  event: 'meeting.started',
  unknown: '/v1/things/unknown',
  sockets: ['/v1/things/events'],
};

/** The careless service, on servers like those of the six, and a way to end it all. */
export async function startCareless(): Promise<{ subject: Subject; stop(): Promise<void> }> {
  const { around: given, stop } = await startSurroundings();
  const around: Surroundings = { ...given, patience: 0.05 };
  const others = await around.others();
  for (const client of [around.database, others.database]) {
    await client.query('CREATE SCHEMA careless');
    await client.query('CREATE TABLE careless.things (id uuid)');
    await client.query('CREATE TABLE careless.meetings (id uuid)');
  }
  const process = await ServiceProcess.spawn(program, around.env);
  const subject = new Subject('careless', program, process, sample, around);
  try {
    await process.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    subject,
    stop: async () => {
      await endSubject(subject);
      await stop();
    },
  };
}
