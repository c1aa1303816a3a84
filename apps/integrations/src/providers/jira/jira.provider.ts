import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { z } from 'zod';
import type { OAuthApp } from '../../oauth/oauth-app';
import { withAccess } from '../../oauth/with-access';
import { boundedFetch } from '../../outbound/bounded-fetch';
import { DestinationGuard } from '../../outbound/destination-guard';
import { guardedFetch } from '../../outbound/guarded-fetch';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { ProviderFailure, refusal } from '../provider-failure';
import { issueArguments } from '../tool-arguments';
import { callRest, type RestBody, type RestRequest } from '../rest/rest-call';
import type { Explain } from '../rest/rest-failure';
import { refreshToken } from '../../oauth/refresh-token.setting';
import { atlassianApp, type AtlassianSettings } from './atlassian-app';
import { JiraCloud } from './jira-cloud';
import { jiraIssue, jiraLabel } from './jira-issue';

/** Jira's search learns of a new issue a little later: asked at once, it would not find what is there. */
const SEARCH_CATCHES_UP_MS = 10_000;

const settingsSchema = z
  .object({
    site: z
      .url()
      .max(2_048)
      .meta({ description: 'Address of your Jira: https://your-site.atlassian.net' }),
    email: z.email().optional().meta({ description: 'Whose API token it is.' }),
    token: z
      .string()
      .min(8)
      .max(1_000)
      .optional()
      .meta({ secret: true, description: 'API token (id.atlassian.com, Security, API tokens).' }),
    refreshToken: refreshToken.optional(),
    project: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]{1,20}$/, 'must be the key of a project, such as OPS')
      .meta({ description: 'Key of the project that issues go to.' }),
    issueType: z.string().min(1).max(60).default('Task').meta({ description: 'Such as Task.' }),
  })
  .refine(
    ({ email, token, refreshToken: consent }) =>
      consent !== undefined || (email !== undefined && token !== undefined),
    {
      path: ['token'],
      message: 'say an email and its token, or ask a person by POST /v1/authorizations',
    },
  );
type JiraConnection = OpenConnection<z.infer<typeof settingsSchema>>;

const explain: Explain = (status, body) => {
  if (status === 400) {
    const fields = Object.keys((body.errors as object | undefined) ?? {});
    // Names of fields are words of the project's, never what was said.
    return { reason: `Jira does not take these fields: ${fields.join(', ').slice(0, 200)}` };
  }
  if (status === 404)
    return { reason: 'Jira: there is no such project, or the token cannot see it' };
  return {};
};

/** Issues of one Jira project. Each carries its action's id as a label, by which it is found again. */
@Injectable()
export class JiraProvider extends Provider<typeof settingsSchema> {
  readonly id = 'jira';
  readonly name = 'Jira';
  readonly tools = [
    {
      name: 'jira.task.create',
      class: 'reconcilable' as const,
      risk: 'medium' as const,
      arguments: issueArguments,
      description: 'Creates an issue, with its evidence as quotes.',
    },
  ];
  override readonly serverPerConnection = true;
  readonly settingsSchema = settingsSchema;
  readonly catchesUpMs: number = SEARCH_CATCHES_UP_MS;

  constructor(
    @Inject(DestinationGuard) private readonly guard: DestinationGuard,
    @Inject(JiraCloud) private readonly cloud: JiraCloud,
    @Inject(SETTINGS) private readonly appSettings: AtlassianSettings,
  ) {
    super();
  }

  override get oauth(): OAuthApp | undefined {
    return atlassianApp(this.appSettings);
  }

  override admit({ site }: JiraConnection['settings']): Promise<void> {
    return this.guard.admit(site);
  }

  async send(
    action: OutgoingAction,
    connection: JiraConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const body = { fields: jiraIssue(connection.settings, action) };
    try {
      return this.receipt(connection, await this.ask(connection, signal, 'POST', 'issue', body));
    } catch (error) {
      if (!(error instanceof ProviderFailure && error.uncertain)) throw error;
      const { retryable, uncertain, status } = error;
      const facts = { retryable, uncertain, retryAfterMs: this.catchesUpMs };
      const about = status === undefined ? facts : { ...facts, status };
      throw new ProviderFailure(error.message, about, { cause: error });
    }
  }

  override async find(
    { actionId: marker }: OutgoingAction,
    connection: JiraConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt | null> {
    const jql = `project = "${connection.settings.project}" AND labels = "${jiraLabel(marker)}"`;
    const body = { jql, fields: ['summary'], maxResults: 1 };
    const { issues } = await this.ask(connection, signal, 'POST', 'search/jql', body);
    const [found] = Array.isArray(issues) ? (issues as RestBody[]) : [];
    return found ? this.receipt(connection, found) : null;
  }

  async check(connection: JiraConnection, { signal }: Pick<ProviderCall, 'signal'>): Promise<void> {
    await this.ask(connection, signal, 'GET', `project/${connection.settings.project}`);
  }

  /** With the token of an account at the site itself; or, as the person who consented, through Atlassian's gateway. */
  private ask(
    { id, settings: { site, email, token }, access }: JiraConnection,
    signal: AbortSignal,
    method: RestRequest['method'],
    path: string,
    body?: object,
  ): Promise<RestBody> {
    const request = (base: string): RestRequest => ({
      method,
      url: new URL(`rest/api/3/${path}`, base).href,
      ...(body ? { body } : {}),
    });
    if (email !== undefined && token !== undefined) {
      const basic = Buffer.from(`${email}:${token}`).toString('base64');
      const headers = { authorization: `Basic ${basic}` };
      const fetch = guardedFetch(this.guard, signal);
      const api = { name: 'Jira', fetch, headers, signal, explain };
      return callRest(api, request(new URL('/', site).href));
    }
    if (!access) {
      const reason = 'ATLASSIAN_CLIENT_ID and ATLASSIAN_CLIENT_SECRET are not set';
      return Promise.reject(refusal(reason));
    }
    return withAccess(access, signal, async (bearer) => {
      const headers = { authorization: `Bearer ${bearer}` };
      const api = { name: 'Jira', fetch: boundedFetch(signal), headers, signal, explain };
      return callRest(api, request(await this.cloud.baseOf(api, id, site)));
    });
  }

  private receipt({ settings }: JiraConnection, { key }: RestBody): SendReceipt {
    if (typeof key !== 'string') return { status: 201 };
    const url = new URL(`/browse/${encodeURIComponent(key)}`, settings.site).href;
    return { status: 201, externalId: key, url };
  }
}
