import { setTimeout as wait } from 'node:timers/promises';
import {
  Body,
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BusModule, OnEvent } from '@parley/bus';
import { serviceSettings } from '@parley/config';
import { makeEvent, newId, type Envelope } from '@parley/contracts';
import { DatabaseModule, UnitOfWork } from '@parley/database';
import { Lifecycle } from '@parley/health';
import type { Response } from 'express';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ServiceModule } from '../service.module';
import { SocketRouter } from '../sockets/socket-router';

class CreateHandled1763800000000 implements MigrationInterface {
  readonly name = 'CreateHandled1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE nlu.handled (id text PRIMARY KEY)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE nlu.handled');
  }
}

@Controller('v1')
class ProbeController {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
  ) {}

  @Get('row')
  async row(): Promise<unknown> {
    return this.database.query('SELECT 1 AS one');
  }

  @Get('slow')
  async slow(@Query('ms') ms: string): Promise<{ done: true }> {
    process.stdout.write('slow begins\n');
    await wait(Number(ms));
    await this.database.query('SELECT 1');
    return { done: true };
  }

  @Get('stream')
  stream(@Res() response: Response): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: hello\n\n');
    this.lifecycle.closing.addEventListener('abort', () => response.end());
  }

  @Post('events')
  async emit(@Body() body: { endless: boolean }): Promise<void> {
    await this.work.run(async ({ emit }) => {
      if (body.endless) emit(makeEvent('meeting.erased', { erasedAt: new Date().toISOString() }));
      else emit(makeEvent('document.removed', { documentId: newId() }));
    });
  }

  @OnEvent('meeting.erased')
  async onErased(): Promise<void> {
    process.stdout.write('handling without end\n');
    await wait(60_000);
  }

  @OnEvent('document.removed')
  async onRemoved(event: Envelope<'document.removed'>): Promise<void> {
    process.stdout.write(`handling ${event.id}\n`);
    await wait(1_500);
    await this.database.query('INSERT INTO nlu.handled VALUES ($1) ON CONFLICT DO NOTHING', [
      event.id,
    ]);
  }
}

@Injectable()
class ProbeSocket implements OnModuleInit {
  constructor(@Inject(SocketRouter) private readonly router: SocketRouter) {}

  onModuleInit(): void {
    this.router.route({
      path: /^\/v1\/socket$/,
      needs: 'read',
      maxMessageBytes: 1_000,
      connected: (socket) => {
        socket.send('hello');
      },
    });
  }
}

/** For tests: a service with one of everything that has to be drained. It calls itself nlu. */
@Module({
  imports: [
    ServiceModule.forService({ name: 'nlu', settings: serviceSettings }),
    DatabaseModule.forService({
      schema: 'nlu',
      entities: [],
      migrations: [CreateHandled1763800000000],
    }),
    BusModule.forService({ group: 'nlu' }),
  ],
  controllers: [ProbeController],
  providers: [ProbeSocket],
})
export class ProbeModule {}
