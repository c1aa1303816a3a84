import { Global, Module } from '@nestjs/common';
// Not the package's door: behind it are 65 modules, most of them checks of servers that no service has.
import { HealthIndicatorService } from '@nestjs/terminus/dist/health-indicator/health-indicator.service';
import { DependencyWatch } from './dependency-watch';
import { HealthController } from './health.controller';
import { HealthRegistry } from './health.registry';
import { HealthService } from './health.service';
import { Lifecycle } from './lifecycle';

/** `/health`, `/livez` and `/readyz`, and the registry that fills them. */
@Global()
@Module({
  controllers: [HealthController],
  providers: [HealthIndicatorService, HealthRegistry, HealthService, DependencyWatch, Lifecycle],
  exports: [HealthRegistry, HealthService, Lifecycle],
})
export class HealthModule {}
