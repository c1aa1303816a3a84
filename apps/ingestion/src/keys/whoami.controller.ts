import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope } from '@parley/service';
import { Whoami } from './key.dto';
import { KeysService } from './keys.service';

@ApiTags('access')
@Controller('v1/whoami')
export class WhoamiController {
  constructor(@Inject(KeysService) private readonly keys: KeysService) {}

  @ApiRoute({ id: 'whoami', summary: 'Who the caller is here', returns: Whoami })
  @NeedsScope('any')
  @Get()
  whoami(): Whoami {
    return this.keys.whoami();
  }
}
