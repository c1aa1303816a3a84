import { Logger as NestLogger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { ProblemError } from '@parley/contracts';
import { makeContext, runInContext } from '../context/request-context';
import { droppedFields } from './dropped-fields';
import { logEvent } from './log-event';
import { configureLogging, rootLogger } from './root-logger';
import { ServiceLogger } from './service.logger';

/** What must never be found in a line, in the shapes in which it comes. */
const PLANTED = {
  sentence: 'Zanzibar wants to acquire Quibblewick on Friday',
  email: 'ana.quux@zanzibar.example',
  bearer: 'Bearer zzqq1234567890abcdef',
  openAi: 'sk-proj-zzqqABCDEFGH1234567890',
  parley: `parley_${'01234567'.repeat(4)}_${'feedface'.repeat(9)}`,
  slack: 'xoxb-123456789012-zzqqtoken',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6enFxIn0.zzqqsignature',
  url: 'https://user:zzqqpass@files.example/secret?token=zzqqticket',
  database: 'postgres://parley:zzqqpass@db:5432/parley',
};
const TRACES = ['Zanzibar', 'Quibblewick', 'acquire', 'quux', 'zzqq', 'feedface'];

/** An error as TypeORM throws it: the parameters are what people said. */
function queryFailed(): QueryFailedError {
  const driverError = Object.assign(new Error(`invalid input: "${PLANTED.sentence}"`), {
    code: '22P02',
    table: 'segments',
    detail: PLANTED.sentence,
    where: PLANTED.sentence,
  });
  return new QueryFailedError('INSERT INTO x VALUES ($1)', [PLANTED.sentence], driverError);
}

const parseError = (): unknown => {
  try {
    return JSON.parse(PLANTED.sentence);
  } catch (error) {
    return error;
  }
};

const errors: Record<string, unknown> = {
  'a message': new Error(PLANTED.sentence),
  'a message with frames in it': new Error(`x\n    at Zanzibar (acquire:1:1)`),
  'a cause': new Error('outer', { cause: new Error(PLANTED.email) }),
  'an aggregate': new AggregateError([new Error(PLANTED.openAi)], PLANTED.slack),
  'a failed query': queryFailed(),
  'a problem': new ProblemError('validation-failed', PLANTED.sentence),
  'a parse error': parseError(),
  'a type error': new TypeError(`Cannot read properties of undefined (reading 'Zanzibar')`),
  properties: Object.assign(new Error('x'), { code: PLANTED.sentence, syscall: PLANTED.email }),
  'a name': Object.assign(new Error('x'), { name: PLANTED.sentence }),
  'no error at all': { message: PLANTED.sentence },
  'a string': PLANTED.sentence,
};

describe('the log', () => {
  let lines: string[];

  beforeEach(() => {
    lines = [];
    configureLogging({ level: 'debug', write: (line) => lines.push(line) });
  });

  /** The lines so far, of which none may hold anything planted. */
  function clean(): Record<string, unknown>[] {
    for (const line of lines) for (const trace of TRACES) expect(line).not.toContain(trace);
    expect(lines.length).toBeGreaterThan(0);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it('has one JSON line per event, which says who worked for whom', () => {
    const context = makeContext('asr', { requestId: 'r-1', workspaceId: 'acme' });
    runInContext(context, () => {
      logEvent('channel.never-ended', { meetingId: 'm-1', channel: 'main' });
    });
    expect(lines).toHaveLength(1);
    expect(clean()[0]).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      service: 'asr',
      requestId: 'r-1',
      workspaceId: 'acme',
      traceId: context.traceparent.slice(3, 35),
      event: 'channel.never-ended',
      meetingId: 'm-1',
      channel: 'main',
      msg: 'a channel never ended',
    });
  });

  it.each(Object.entries(PLANTED))('keeps %s out of every field', (_what, planted) => {
    logEvent('retrieval.failed', { meetingId: planted, reason: planted });
    logEvent('service.up', { name: planted, url: planted });
    // As it would stand after a mistake that the compiler was talked out of.
    const mistake = { meetingId: 'm', reason: 'x', text: planted, nested: { text: planted } };
    logEvent('retrieval.failed', mistake);
    logEvent('retrieval.failed', { meetingId: { planted }, reason: [planted] } as never);
    clean();
  });

  it.each(Object.entries(errors))(
    'tells of an error what it is, not what it says: %s',
    (_what, err) => {
      logEvent('vectors.failed', { err });
      new ServiceLogger().error(err, 'ExceptionsHandler');
      rootLogger().error(err);
      rootLogger().error({ err }, PLANTED.sentence);
      expect(clean()[0]).toMatchObject({ err: { name: expect.any(String) as string } });
    },
  );

  it('names the fault of a failed query, so that it can be found', () => {
    logEvent('vectors.failed', { err: queryFailed() });
    expect(clean()[0]?.err).toMatchObject({
      name: 'QueryFailedError',
      code: '22P02',
      table: 'segments',
      at: expect.arrayContaining([
        expect.stringMatching(/^libs\/observability\/.*\.spec\.ts:\d+:\d+$/),
      ]) as string[],
    });
  });

  it.each(Object.entries(PLANTED))('keeps %s out when a library logs it', (_what, planted) => {
    const nest = new ServiceLogger();
    nest.log(planted, 'SomeLibrary');
    nest.warn({ text: planted, email: planted, nested: { deep: planted } }, planted, 'SomeLibrary');
    nest.error(planted, `Error: ${planted}\n    at x (libs/a.ts:1:1)`, 'ExceptionsHandler');
    NestLogger.overrideLogger(nest);
    new NestLogger(planted).warn(planted);
    rootLogger().info('%s and %o', planted, { planted });
    rootLogger().child({ planted, meetingId: planted }).warn({ planted }, planted);
    clean();
  });

  it('lets the framework say what it starts, without what addresses carry', () => {
    new ServiceLogger().log('Mapped {/v1/meetings, POST} route', 'RouterExplorer');
    new ServiceLogger().log(`Listening on ${PLANTED.url}`, 'NestApplication');
    expect(clean().map(({ msg }) => msg)).toEqual([
      'Mapped {/v1/meetings, POST} route',
      'Listening on https://files.example/secret',
    ]);
  });

  it('withholds an id that a client made of a key', () => {
    runInContext(makeContext('asr', { requestId: PLANTED.openAi }), () => {
      logEvent('connections.key-made');
    });
    expect(clean()[0]?.requestId).toBe('[secret]');
  });

  it('counts what it withheld, by service', () => {
    const before = droppedFields('rag');
    runInContext(makeContext('rag', {}), () => {
      logEvent('retrieval.failed', {
        meetingId: PLANTED.sentence,
        reason: 'x',
        text: 'y',
      } as never);
    });
    expect(droppedFields('rag') - before).toBe(2);
    expect(droppedFields('nlu')).toBe(0);
  });

  it('costs nothing below its level', () => {
    configureLogging({ level: 'warn', write: (line) => lines.push(line) });
    logEvent('service.up', { name: 'asr', url: 'http://127.0.0.1:8002' });
    expect(lines).toEqual([]);
  });
});
