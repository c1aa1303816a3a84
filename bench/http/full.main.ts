// As the services do: small while it loads, and traced from the first module on.
import { bootFinished } from '@parley/boot';
import './tracing';
import 'reflect-metadata';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { BusModule, enableEmbeddedBus } from '@parley/bus';
import { serviceSettings } from '@parley/config';
import { configureLogging } from '@parley/observability';
import { createService, ServiceModule } from '@parley/service';
import { Order, takeOrder, type OrderTaken } from './order';
import { reportReady } from './server-messages';

@Controller('v1/orders')
class OrdersController {
  @Post()
  take(@Body() order: Order): OrderTaken {
    return takeOrder(order);
  }
}

@Module({
  imports: [
    ServiceModule.forService({ name: 'nlu', settings: serviceSettings }),
    BusModule.forService({ group: 'nlu' }),
  ],
  controllers: [OrdersController],
})
class FullModule {}

/** The same route in a service of ours: everything that its operator is promised, switched on. */
async function main(): Promise<void> {
  configureLogging({ level: 'info', file: process.env.BENCH_LOG ?? '/dev/null' });
  if (process.env.REDIS_URL === undefined) enableEmbeddedBus();
  const service = await createService(FullModule, 'nlu', { port: 0 });
  bootFinished();
  reportReady(Number(new URL(service.url).port));
}

void main();
