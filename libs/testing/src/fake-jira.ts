import { FakeGrants } from './fake-grants';
import { FakeProvider, type FakeAnswer, type FakeRequest } from './fake-provider';

export interface JiraIssue {
  key: string;
  fields: { summary: string; labels: string[]; [field: string]: unknown };
}

/**
 * What Parley uses of Jira on loopback: issues of one project, and the search by JQL
 * (developer.atlassian.com/cloud/jira/platform/rest/v3): at the site with an account's token, and through Atlassian's gateway
 * with what a person consented to (/oauth-2-3lo-apps).
 */
export class FakeJira extends FakeProvider {
  readonly email = 'bot@example.org';
  readonly token = 'ATATT-fake-token';
  readonly project = 'OPS';
  readonly issues: JiraIssue[] = [];

  /** Atlassian's authorization server. */
  readonly grants = new FakeGrants();
  /** What the gateway calls the site. */
  readonly cloudId = '1324a887-45db-1bf4-1e99-ef0ff456d421';

  protected answer(request: FakeRequest): FakeAnswer {
    const { method, url, authorization, text } = request;
    if (url.pathname === '/oauth/token') {
      const form = JSON.parse(text) as Record<string, unknown>;
      const { clientId, clientSecret } = this.grants;
      const named = form.client_id === clientId && form.client_secret === clientSecret;
      return this.grants.grant(form, named);
    }
    if (url.pathname === '/oauth/token/accessible-resources') {
      if (!this.grants.isValid(authorization)) return refusal(401, 'Unauthorized');
      const sites = [
        { id: 'another', url: 'https://another.atlassian.net' },
        { id: this.cloudId, url: this.url },
      ];
      return { status: 200, body: sites };
    }
    const gateway = `/ex/jira/${this.cloudId}`;
    if (url.pathname.startsWith(`${gateway}/`)) {
      if (!this.grants.isValid(authorization)) return refusal(401, 'Unauthorized');
      return this.api(`${method} ${url.pathname.slice(gateway.length)}`, text);
    }
    const known = `Basic ${Buffer.from(`${this.email}:${this.token}`).toString('base64')}`;
    if (authorization !== known) return refusal(401, 'Client must be authenticated');
    return this.api(`${method} ${url.pathname}`, text);
  }

  private api(asked: string, text: string): FakeAnswer {
    switch (asked) {
      case 'POST /rest/api/3/issue': {
        const { fields } = JSON.parse(text) as Pick<JiraIssue, 'fields'>;
        if ((fields.project as { key: string }).key !== this.project) {
          return refusal(400, 'project is required');
        }
        const key = `${this.project}-${this.issues.length + 1}`;
        this.issues.push({ key, fields });
        return { status: 201, body: { id: String(this.issues.length), key } };
      }
      case 'POST /rest/api/3/search/jql': {
        const { jql } = JSON.parse(text) as { jql: string };
        const label = /labels = "([^"]+)"/.exec(jql)?.[1] ?? '';
        const issues = this.issues.filter(({ fields }) => fields.labels.includes(label));
        return { status: 200, body: { issues, isLast: true } };
      }
      case `GET /rest/api/3/project/${this.project}`:
        return { status: 200, body: { key: this.project } };
      default:
        return refusal(404, 'not found');
    }
  }
}

function refusal(status: number, message: string): FakeAnswer {
  return { status, body: { errorMessages: [message], errors: {} } };
}
