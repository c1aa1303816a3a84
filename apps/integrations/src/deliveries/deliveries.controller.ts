import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Delivery } from '@parley/contracts';
import { ApiRoute, NeedsScope, type Page, pageOf } from '@parley/service';
import { DeliveriesQuery } from './deliveries.query';
import { DeliveriesService } from './deliveries.service';

@ApiTags('deliveries')
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(@Inject(DeliveriesService) private readonly deliveries: DeliveriesService) {}

  /** Newest first. */
  @ApiRoute({ id: 'listDeliveries', summary: 'List deliveries', returns: pageOf(Delivery) })
  @Get()
  list(@Query() query: DeliveriesQuery): Promise<Page<Delivery>> {
    return this.deliveries.list(query);
  }

  @ApiRoute({
    id: 'getDelivery',
    summary: 'Get a delivery',
    returns: Delivery,
    problems: ['delivery-not-found'],
  })
  @Get(':id')
  get(@Param('id') id: string): Promise<Delivery> {
    return this.deliveries.get(id);
  }

  /** Only what failed or is uncertain. */
  @ApiRoute({
    id: 'retryDelivery',
    summary: 'Try a delivery again',
    returns: Delivery,
    problems: ['delivery-not-found', 'conflict'],
  })
  @NeedsScope('approve')
  @Post(':id/retry')
  @HttpCode(202)
  retry(@Param('id') id: string): Promise<Delivery> {
    return this.deliveries.retry(id);
  }
}
