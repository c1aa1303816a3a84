import { FakeProvider, type FakeAnswer, type FakeRequest } from './fake-provider';

export interface JiraIssue {
  key: string;
  fields: { summary: string; labels: string[]; [field: string]: unknown };
}

/**
 * What Parley uses of Jira on loopback: issues of one project, and the search by JQL
 * (developer.atlassian.com/cloud/jira/platform/rest/v3).
 */
export class FakeJira extends FakeProvider {
  readonly email = 'bot@example.org';
  readonly token = 'ATATT-fake-token';
  readonly project = 'OPS';
  readonly issues: JiraIssue[] = [];

  protected answer({ method, url, authorization, text }: FakeRequest): FakeAnswer {
    const known = `Basic ${Buffer.from(`${this.email}:${this.token}`).toString('base64')}`;
    if (authorization !== known) return refusal(401, 'Client must be authenticated');
    switch (`${method} ${url.pathname}`) {
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
