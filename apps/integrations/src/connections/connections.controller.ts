import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope, type Page, pageOf } from '@parley/service';
import { ConnectionView } from './connection.view';
import { ConnectionsService } from './connections.service';
import { CreateConnection } from './create-connection.dto';

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

  /** Deliveries still open through it will fail. */
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
