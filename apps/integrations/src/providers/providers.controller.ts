import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Breakers } from '@parley/resilience';
import { ApiRoute, pageOf, requestContext, type Page } from '@parley/service';
import { ProviderRegistry } from './provider.registry';
import { ProviderView } from './provider.view';

@ApiTags('providers')
@Controller('v1/providers')
export class ProvidersController {
  constructor(
    @Inject(ProviderRegistry) private readonly registry: ProviderRegistry,
    @Inject(Breakers) private readonly breakers: Breakers,
  ) {}

  /** What can be connected, what each can do, which settings it asks for, and whether it is left alone just now. */
  @ApiRoute({ id: 'listProviders', summary: 'List providers', returns: pageOf(ProviderView) })
  @Get()
  list(): Page<ProviderView> {
    const { workspaceId } = requestContext();
    const items = this.registry.views((id) => this.breakers.worstOf(id, workspaceId));
    return { items, nextCursor: null };
  }
}
