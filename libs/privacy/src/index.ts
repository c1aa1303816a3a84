export * from './erasure.module';
export * from './erasure.service';
export * from './reduction.service';
