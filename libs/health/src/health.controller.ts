import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { HealthAnswer, LiveAnswer, NotReadyAnswer, ReadyAnswer } from './health.answers';
import { HealthService, type HealthReport } from './health.service';

@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(@Inject(HealthService) private readonly health: HealthService) {}

  /** Every dependency's state; 200 also when degraded. */
  @ApiOperation({ operationId: 'getHealth', summary: "Every dependency's state" })
  @HealthAnswer()
  @Get('health')
  report(): Promise<HealthReport> {
    return this.health.report();
  }

  /** The process answers; touches no dependency. */
  @ApiOperation({ operationId: 'getLiveness', summary: 'Is the process alive?' })
  @LiveAnswer()
  @Get('livez')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** 503 without something required, and while draining. */
  @ApiOperation({ operationId: 'getReadiness', summary: 'May it get requests?' })
  @ReadyAnswer()
  @NotReadyAnswer()
  @Get('readyz')
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    const { ready, dependencies } = await this.health.ready();
    if (!ready) response.status(503);
    return { status: ready ? 'ready' : 'not-ready', dependencies };
  }
}
