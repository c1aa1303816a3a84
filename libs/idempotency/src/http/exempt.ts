import { SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { SSE_METADATA } from '@nestjs/common/constants';

/** What `@Streaming` of @parley/service leaves on a route. */
const STREAMING = 'parley:streaming';
const SECRET_ANSWER = 'parley:secret-answer';
const UNKEPT = 'parley:unkept-answer';
const UPLOADING = 'parley:idempotent-upload';

/** A route whose files are only there once its own interceptor has read them. */
export function markUpload(): CustomDecorator {
  return SetMetadata(UPLOADING, true);
}

/** The answer holds a secret, so that a repeat is given no more than the id: nothing else of it is kept. */
export function SecretAnswer(): CustomDecorator {
  return SetMetadata(SECRET_ANSWER, true);
}

/** The route changes nothing and nobody may keep its answer: a repeat is asked anew. */
export function UnkeptAnswer(): CustomDecorator {
  return SetMetadata(UNKEPT, true);
}

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** Whether a route answers with a stream, which is not kept and not given again, or with what nobody may keep. */
export function isExempt(handler: Handler): boolean {
  return [STREAMING, SSE_METADATA, UNKEPT].some((mark) => Reflect.hasMetadata(mark, handler));
}

export function holdsSecret(handler: Handler): boolean {
  return Reflect.hasMetadata(SECRET_ANSWER, handler);
}

export function isUpload(handler: Handler): boolean {
  return Reflect.hasMetadata(UPLOADING, handler);
}
