import { signInAtProvider, TestOpenIdProvider, type ProvidedOptions } from '@parley/testing';
import type { BegunSignIn, CompletedSignIn } from '../sign-in/sign-in.dto';
import { RunningAccess, type Answer } from './running-access';

const PAGE_ORIGIN = 'https://parley.example.com';

export interface Problem {
  type: string;
  detail: string;
}

/** Ingestion with auth on, and the provider through which people sign in. */
export class RunningSignIn {
  private constructor(
    readonly access: RunningAccess,
    readonly provider: TestOpenIdProvider,
  ) {}

  static async start(
    settings: Record<string, string>,
    options: Omit<ProvidedOptions, 'redirectUrl'> = {},
  ): Promise<RunningSignIn> {
    const redirectUrl = `${PAGE_ORIGIN}/sign-in/openid/callback`;
    const provider = await TestOpenIdProvider.start({ redirectUrl, ...options });
    const access = await RunningAccess.start({
      PAGE_ORIGIN,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret ?? '',
      OIDC_NAME: 'Example ID',
      ...settings,
    });
    return new RunningSignIn(access, provider);
  }

  begin<T = BegunSignIn>(): Promise<Answer<T>> {
    return this.access.ask<T>('POST', '/v1/sign-in/begin', { key: null });
  }

  complete<T = CompletedSignIn>(attempt: string, answer: string): Promise<Answer<T>> {
    const body = { attempt, answer };
    return this.access.ask<T>('POST', '/v1/sign-in/complete', { key: null, body });
  }

  /** All of it, as the page and a person's browser would. */
  async signIn<T = CompletedSignIn>(who: string): Promise<Answer<T>> {
    const { attempt, url } = (await this.begin()).body;
    return this.complete<T>(attempt, await signInAtProvider(url, who));
  }

  async close(): Promise<void> {
    await this.access.close();
    await this.provider.stop();
  }
}
