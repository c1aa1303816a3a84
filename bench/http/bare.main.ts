import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { takeOrder, type OrderTaken } from './order';
import { reportReady } from './server-messages';

@Controller('v1/orders')
class OrdersController {
  @Post()
  take(@Body() order: { title: string; count: number }): OrderTaken {
    return takeOrder(order);
  }
}

@Module({ controllers: [OrdersController] })
class BareModule {}

/** The baseline: Nest on Express as it comes, with nothing of ours. */
async function main(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(BareModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  reportReady((app.getHttpServer().address() as AddressInfo).port);
}

void main();
