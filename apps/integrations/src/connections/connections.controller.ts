import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page } from '@parley/service';
import { ConnectionsService, type ConnectionView } from './connections.service';
import { CreateConnection } from './create-connection.dto';

@ApiTags('connections')
@Controller('v1/connections')
export class ConnectionsController {
  constructor(@Inject(ConnectionsService) private readonly connections: ConnectionsService) {}

  /** The first one becomes the default. Secrets go in and never come out. */
  @Post()
  create(@Body() input: CreateConnection): Promise<ConnectionView> {
    return this.connections.create(input);
  }

  @Get()
  list(): Promise<Page<ConnectionView>> {
    return this.connections.list();
  }

  /** Deliveries still open through it will fail. */
  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id') id: string): Promise<void> {
    return this.connections.delete(id);
  }
}
