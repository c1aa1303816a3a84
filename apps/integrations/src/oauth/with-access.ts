import { ProviderFailure } from '../providers/provider-failure';
import type { OAuthAccess } from './oauth-app';

const UNAUTHORIZED = 401;

/** One call with the access that a person consented to. @throws ProviderFailure */
export async function withAccess<T>(
  access: OAuthAccess,
  signal: AbortSignal,
  call: (token: string) => Promise<T>,
): Promise<T> {
  const token = await access.token(signal);
  try {
    return await call(token);
  } catch (error) {
    if (!(error instanceof ProviderFailure && error.status === UNAUTHORIZED)) throw error;
    // It was valid by our clock: taken back, or lost. Another attempt asks for a new one first.
    await access.forget();
    const facts = { retryable: true, uncertain: false, status: UNAUTHORIZED };
    throw new ProviderFailure(error.message, facts, { cause: error });
  }
}
