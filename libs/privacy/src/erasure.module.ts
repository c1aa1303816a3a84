import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ErasureHandler } from './erasure.handler';
import { Erasure, ERASING_SERVICE } from './erasure.service';
import { ReductionHandler } from './reduction.handler';
import { Reduction } from './reduction.service';

/** Lets a service forget meetings. Its tables are declared to `DatabaseModule`; whatever else it keeps, to `Erasure.also`, and what of it are words to `Reduction.also`. */
@Global()
@Module({})
export class ErasureModule {
  static forService(name: string): DynamicModule {
    return {
      module: ErasureModule,
      controllers: [ErasureHandler, ReductionHandler],
      providers: [{ provide: ERASING_SERVICE, useValue: name }, Erasure, Reduction],
      exports: [Erasure, Reduction],
    };
  }
}
