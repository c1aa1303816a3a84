import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page } from '@parley/service';
import { ProviderRegistry, type ProviderView } from './provider.registry';

@ApiTags('providers')
@Controller('v1/providers')
export class ProvidersController {
  constructor(@Inject(ProviderRegistry) private readonly registry: ProviderRegistry) {}

  /** What can be connected, what each can do, and which settings it asks for. */
  @Get()
  list(): Page<ProviderView> {
    return { items: this.registry.views(), nextCursor: null };
  }
}
