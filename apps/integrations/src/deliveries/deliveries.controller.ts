import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Delivery } from '@parley/contracts';
import type { Page } from '@parley/service';
import { DeliveriesQuery } from './deliveries.query';
import { DeliveriesService } from './deliveries.service';

@ApiTags('deliveries')
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(@Inject(DeliveriesService) private readonly deliveries: DeliveriesService) {}

  /** Newest first. */
  @Get()
  list(@Query() query: DeliveriesQuery): Promise<Page<Delivery>> {
    return this.deliveries.list(query);
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<Delivery> {
    return this.deliveries.get(id);
  }

  /** Only what failed or is uncertain. */
  @Post(':id/retry')
  @HttpCode(202)
  retry(@Param('id') id: string): Promise<Delivery> {
    return this.deliveries.retry(id);
  }
}
