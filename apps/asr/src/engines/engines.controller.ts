import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EnginesService, type EngineInfo } from './engines.service';

@ApiTags('engines')
@Controller('v1/engines')
export class EnginesController {
  constructor(@Inject(EnginesService) private readonly engines: EnginesService) {}

  /** What runs, how fast it was so far, and how many meetings this replica listens to. */
  @Get()
  list(): { items: EngineInfo[]; meetings: number } {
    return this.engines.list();
  }
}
