import { Global, Module } from '@nestjs/common';
import { DependencyWatch } from './dependency-watch';
import { HealthController } from './health.controller';
import { HealthRegistry } from './health.registry';
import { HealthService } from './health.service';
import { Lifecycle } from './lifecycle';

/** `/health`, `/livez` and `/readyz`, and the registry that fills them. */
@Global()
@Module({
  controllers: [HealthController],
  providers: [HealthRegistry, HealthService, DependencyWatch, Lifecycle],
  exports: [HealthRegistry, HealthService, Lifecycle],
})
export class HealthModule {}
