import { ProblemError } from '@parley/contracts';
import { BlobsUnavailableError } from './blobs-unavailable.error';

/**
 * What `work` gives, for a caller who waits for it.
 * @param otherwise what the caller is told where the store is away
 * @throws ProblemError `unavailable`; what else `work` fails with, unchanged
 */
export async function reached<Result>(
  otherwise: string,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BlobsUnavailableError)) throw error;
    throw new ProblemError('unavailable', otherwise, { cause: error });
  }
}
