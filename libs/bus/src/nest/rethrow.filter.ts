import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Gives the bus what an event handler threw. Without it Nest's own filter answers "Internal server error",
 * and a global HTTP filter would swallow the failure: the message would count as handled.
 */
@Catch()
export class RethrowFilter implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
