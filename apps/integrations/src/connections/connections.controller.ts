import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { UnkeptAnswer } from '@parley/idempotency';
import {
  ApiRoute,
  NeedsScope,
  pageOf,
  RateLimit,
  type Page,
  type RateLimitPolicy,
} from '@parley/service';
import { Findings } from '../providers/read-tool';
import { AskConnection } from './ask-connection.dto';
import { ConnectionTest } from './connection-test.view';
import { ConnectionView } from './connection.view';
import { ConnectionsService } from './connections.service';
import { CreateConnection } from './create-connection.dto';
import { UpdateConnection } from './update-connection.dto';

/** Each is a call to the outside. */
const TESTS: RateLimitPolicy = { name: 'connection-tests', perMinute: 30 };

const READS: RateLimitPolicy = { name: 'connection-reads', perMinute: 60 };

@ApiTags('connections')
@NeedsScope('admin')
@Controller('v1/connections')
export class ConnectionsController {
  constructor(@Inject(ConnectionsService) private readonly connections: ConnectionsService) {}

  /** The first one becomes the default. Secrets go in and never come out. */
  @ApiRoute({
    id: 'createConnection',
    summary: 'Connect a provider',
    returns: ConnectionView,
    problems: ['conflict', 'destination-refused'],
    example: { provider: 'file', name: 'Notes', settings: {} },
  })
  @Post()
  create(@Body() input: CreateConnection): Promise<ConnectionView> {
    return this.connections.create(input);
  }

  @ApiRoute({ id: 'listConnections', summary: 'List connections', returns: pageOf(ConnectionView) })
  @Get()
  list(): Promise<Page<ConnectionView>> {
    return this.connections.list();
  }

  @ApiRoute({
    id: 'getConnection',
    summary: 'Get a connection',
    returns: ConnectionView,
    problems: ['connection-not-found'],
  })
  @Get(':id')
  get(@Param('id') id: string): Promise<ConnectionView> {
    return this.connections.get(id);
  }

  /** What is not named stays. Settings are replaced as a whole. */
  @ApiRoute({
    id: 'updateConnection',
    summary: 'Change a connection',
    returns: ConnectionView,
    problems: ['connection-not-found', 'conflict', 'destination-refused'],
  })
  @Patch(':id')
  update(@Param('id') id: string, @Body() input: UpdateConnection): Promise<ConnectionView> {
    return this.connections.update(id, input);
  }

  /** Asks the provider, and does nothing there; a webhook gets a test event. */
  @ApiRoute({
    id: 'testConnection',
    summary: 'Test a connection',
    returns: ConnectionTest,
    problems: ['connection-not-found', 'at-capacity'],
  })
  @RateLimit(TESTS)
  @Post(':id/test')
  @HttpCode(200)
  test(@Param('id') id: string): Promise<ConnectionTest> {
    return this.connections.test(id);
  }

  /**
   * Searches or lists what its `reads` say, and changes nothing there. At most 20 items, which are kept nowhere; that it
   * was asked is in the audit log. Whoever may approve may ask.
   */
  @ApiRoute({
    id: 'readConnection',
    summary: 'Look something up through a connection',
    returns: Findings,
    problems: ['connection-not-found', 'not-found', 'conflict', 'upstream-failed', 'at-capacity'],
    example: { arguments: { query: 'budget' } },
  })
  @NeedsScope('approve')
  @RateLimit(READS)
  @UnkeptAnswer()
  @Post(':id/tools/:tool')
  @HttpCode(200)
  read(
    @Param('id') id: string,
    @Param('tool') tool: string,
    @Body() body: AskConnection,
  ): Promise<Findings> {
    return this.connections.read(id, { tool, arguments: body.arguments });
  }

  /** Deliveries still open through it will fail; a consent that a person gave is taken back. */
  @ApiRoute({
    id: 'deleteConnection',
    summary: 'Remove a connection',
    returns: null,
    problems: ['connection-not-found'],
  })
  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id') id: string): Promise<void> {
    return this.connections.delete(id);
  }
}
