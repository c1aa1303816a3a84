import {
  applyDecorators,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import type { Request } from 'express';
import { from, type Observable } from 'rxjs';
import { markUpload } from './exempt';
import { IdempotencyInterceptor } from './idempotency.interceptor';

/** The same for uploads, whose files can be compared only once they have been read. */
@Injectable()
class UploadIdempotencyInterceptor extends IdempotencyInterceptor {
  override intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    // As JSON, the request has been through the general interceptor already.
    const multipart = Boolean(request.is('multipart/form-data'));
    if (!multipart || !IdempotencyInterceptor.concerns(request)) return next.handle();
    return from(this.once(context, next));
  }
}

/**
 * Reads an upload and, with an `Idempotency-Key`, compares it by the content of its files.
 * Stands in for `@UseInterceptors(FileInterceptor(…))`: `@IdempotentUpload(FileInterceptor('file'))`.
 */
export function IdempotentUpload(reader: Type<NestInterceptor>): MethodDecorator {
  return applyDecorators(markUpload(), UseInterceptors(reader, UploadIdempotencyInterceptor));
}
