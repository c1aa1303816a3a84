import { createHash } from 'node:crypto';
import type { FakeAnswer } from './fake-provider';

/**
 * A token endpoint that gives a new refresh token with each access token and takes an old one for stolen, as Atlassian's
 * and Notion's do (RFC 6749, section 10.4). With PKCE where a challenge was shown (RFC 7636).
 */
export class FakeGrants {
  readonly clientId = 'parley-client';
  readonly clientSecret = 'fake-client-secret';
  /** Codes that a person's consent gave, with the PKCE challenge that was shown. */
  readonly codes = new Map<string, { challenge: string }>();
  /** False once the person has taken the consent back. */
  consents = true;
  /** Given out and still valid. */
  readonly accessTokens = new Set<string>();
  readonly revoked: string[] = [];
  /** How often a token was asked for. */
  asked = 0;
  /** How often an old refresh token came: a sign of theft, or of a race. */
  reused = 0;
  private readonly refreshTokens = new Set<string>();
  private readonly spent = new Set<string>();

  /** @param named whether the client gave its id and secret, wherever this server wants them */
  grant(form: Record<string, unknown>, named: boolean): FakeAnswer {
    this.asked += 1;
    if (!named) return { status: 401, body: { error: 'invalid_client' } };
    if (!this.consents || !this.holds(form)) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    const [token, refresh] = [`access-${this.asked}-fake`, `refresh-${this.asked}-fake`];
    this.accessTokens.add(token);
    this.refreshTokens.add(refresh);
    return {
      status: 200,
      body: {
        access_token: token,
        refresh_token: refresh,
        expires_in: 3_600,
        token_type: 'bearer',
      },
    };
  }

  revoke(token: string): FakeAnswer {
    this.revoked.push(token);
    this.accessTokens.delete(token);
    return { status: 200, body: {} };
  }

  isValid(authorization: string): boolean {
    return this.accessTokens.has(authorization.replace('Bearer ', ''));
  }

  private holds(form: Record<string, unknown>): boolean {
    if (form.grant_type === 'refresh_token') {
      const token = String(form.refresh_token);
      if (this.spent.has(token)) this.reused += 1;
      if (!this.refreshTokens.delete(token)) return false;
      this.spent.add(token);
      return true;
    }
    const code = String(form.code);
    const known = this.codes.get(code);
    this.codes.delete(code);
    const shown = createHash('sha256').update(String(form.code_verifier)).digest('base64url');
    return known?.challenge === shown;
  }
}
