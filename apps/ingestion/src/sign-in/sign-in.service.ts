import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import type { IngestionSettings } from '../ingestion.settings';
import { subjectName, verifiedAddress } from '../keys/person-names';
import { SignInKeys, type SignedIn } from '../keys/sign-in-keys.service';
import type { TicketStore } from '../tickets/ticket.store';
import { accessOf } from './access-of';
import { OpenIdProvider, type Challenge, type Vouched } from './open-id-provider';
import { over, refusal, signInProblem } from './sign-in-problem';
import type { BegunSignIn, CompletedSignIn, CompleteSignIn, SignInOptions } from './sign-in.dto';

/** Names the port that keeps what was begun. */
export const SIGN_IN_ATTEMPTS = Symbol('SIGN_IN_ATTEMPTS');

const ATTEMPT_BYTES = 32;
/** Who looks for their telephone takes a while. */
const ATTEMPT_LIFE_MS = 600_000;
/** Where the page takes what the provider says. */
const CALLBACK_PATH = '/sign-in/openid/callback';

type Settings = Pick<
  IngestionSettings,
  'OIDC_ISSUER' | 'OIDC_NAME' | 'OIDC_ACCESS' | 'PAGE_ORIGIN'
>;

/** Lets people sign in through the identity provider: each attempt is good once, soon, and for the browser that began it. */
@Injectable()
export class SignInService implements OnApplicationShutdown {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(OpenIdProvider) private readonly provider: OpenIdProvider,
    @Inject(SIGN_IN_ATTEMPTS) private readonly attempts: TicketStore<Challenge>,
    @Inject(SignInKeys) private readonly keys: SignInKeys,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.attempts.close();
  }

  options(): SignInOptions {
    const { OIDC_ISSUER, OIDC_NAME: name } = this.settings;
    return { provider: OIDC_ISSUER === undefined ? null : { name, callbackUrl: this.callbackUrl } };
  }

  /** @throws ProblemError `sign-in-not-offered`, `sign-in-failed`, `unavailable` */
  async begin(): Promise<BegunSignIn> {
    this.assertOffered();
    const challenge = this.provider.newChallenge();
    const url = await this.asked(() => this.provider.address(challenge, this.callbackUrl));
    const attempt = randomBytes(ATTEMPT_BYTES).toString('base64url');
    await this.attempts.put(hash('sha256', attempt), challenge, ATTEMPT_LIFE_MS);
    const expiresAt = new Date(Date.now() + ATTEMPT_LIFE_MS).toISOString();
    return { attempt, state: challenge.state, url, expiresAt };
  }

  /**
   * Whatever comes of it, the attempt is used.
   * @throws ProblemError `sign-in-not-offered`, `-over`, `-denied`, `-failed`, `-clock`, `-not-allowed`, `unavailable`, and
   * what {@link SignInKeys.issue} throws.
   */
  async complete({ attempt, answer }: CompleteSignIn): Promise<CompletedSignIn> {
    this.assertOffered();
    const challenge = await this.attempts.take(hash('sha256', attempt));
    const url = new URL(this.callbackUrl);
    url.search = answer;
    if (!challenge || !isSame(challenge.state, url.searchParams.get('state'))) {
      throw refusal(over(challenge ? 'state' : 'attempt'));
    }
    const person = this.admit(await this.asked(() => this.provider.vouch(challenge, url)));
    const { secret, expiresAt } = await this.keys.issue(person);
    return { ...person, scopes: [...person.scopes], secret, expiresAt: expiresAt.toISOString() };
  }

  private get callbackUrl(): string {
    return `${this.settings.PAGE_ORIGIN ?? ''}${CALLBACK_PATH}`;
  }

  private admit(person: Vouched): SignedIn {
    const { OIDC_ISSUER: issuer = '', OIDC_ACCESS: rules = [] } = this.settings;
    const { groups, hostedDomain } = person;
    const email = verifiedAddress(person);
    const name = email ?? subjectName(person.subject, issuer);
    const access = accessOf(rules, { groups, email, hostedDomain });
    if (name !== null && access !== null) return { name, ...access };
    throw refusal({
      code: 'sign-in-not-allowed',
      detail: 'The identity provider knows this person, but no rule of OIDC_ACCESS lets them in.',
      reason: name === null ? 'no-name' : 'no-rule',
    });
  }

  private async asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw signInProblem(error);
    }
  }

  private assertOffered(): void {
    if (this.settings.OIDC_ISSUER !== undefined) return;
    throw new ProblemError('sign-in-not-offered', 'OIDC_ISSUER is not set: sign in with a key.');
  }
}

function isSame(expected: string, given: string | null): boolean {
  const [one, other] = [hash('sha256', expected, 'buffer'), hash('sha256', given ?? '', 'buffer')];
  return timingSafeEqual(one, other);
}
