import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, pageOf, type Page } from '@parley/service';
import { ProviderRegistry } from './provider.registry';
import { ProviderView } from './provider.view';

@ApiTags('providers')
@Controller('v1/providers')
export class ProvidersController {
  constructor(@Inject(ProviderRegistry) private readonly registry: ProviderRegistry) {}

  /** What can be connected, what each can do, and which settings it asks for. */
  @ApiRoute({ id: 'listProviders', summary: 'List providers', returns: pageOf(ProviderView) })
  @Get()
  list(): Page<ProviderView> {
    return { items: this.registry.views(), nextCursor: null };
  }
}
