import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller';
import { HealthRegistry } from './health.registry';
import { HealthService } from './health.service';

/** `/health`, `/livez` and `/readyz`, and the registry that fills them. */
@Global()
@Module({
  imports: [TerminusModule],
  controllers: [HealthController],
  providers: [HealthRegistry, HealthService],
  exports: [HealthRegistry, HealthService],
})
export class HealthModule {}
