import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '@parley/service';
import { EngineList } from './engine.views';
import { EnginesService } from './engines.service';

@ApiTags('engines')
@Controller('v1/engines')
export class EnginesController {
  constructor(@Inject(EnginesService) private readonly engines: EnginesService) {}

  /** What runs, how fast it was so far, and how many meetings can be listened to and are. */
  @ApiRoute({ id: 'listEngines', summary: 'List the engines', returns: EngineList })
  @Get()
  list(): Promise<EngineList> {
    return this.engines.list();
  }
}
