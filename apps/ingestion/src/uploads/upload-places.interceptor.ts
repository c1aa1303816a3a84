import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import type { Request } from 'express';
import { finalize, type Observable } from 'rxjs';
import type { IngestionSettings } from '../ingestion.settings';

const TRY_AGAIN_SECONDS = 10;

/** A file is in memory while it arrives: all that arrive at once are no more than the largest may be. */
@Injectable()
export class UploadPlaces implements NestInterceptor {
  private arrivingBytes = 0;

  constructor(
    @Inject(SETTINGS)
    private readonly settings: Pick<IngestionSettings, 'RECORDING_MAX_UPLOAD_BYTES'>,
  ) {}

  /** @throws ProblemError `at-capacity` */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { headers } = context.switchToHttp().getRequest<Request>();
    const most = this.settings.RECORDING_MAX_UPLOAD_BYTES;
    // Who does not say may send as much as anybody.
    const bytes = Number(headers['content-length'] ?? most);
    if (this.arrivingBytes > 0 && this.arrivingBytes + bytes > most) {
      throw new ProblemError('at-capacity', 'Other recordings are being uploaded just now.', {
        retryAfterSeconds: TRY_AGAIN_SECONDS,
      });
    }
    this.arrivingBytes += bytes;
    return next.handle().pipe(
      finalize(() => {
        this.arrivingBytes -= bytes;
      }),
    );
  }
}
