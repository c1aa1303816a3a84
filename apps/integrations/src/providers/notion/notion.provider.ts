import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { Client } from '@notionhq/client';
import type { ActionArguments } from '@parley/contracts';
import { z } from 'zod';
import type { IntegrationsSettings } from '../../integrations.settings';
import type { OAuthApp } from '../../oauth/oauth-app';
import { withAccess } from '../../oauth/with-access';
import { refreshToken } from '../../oauth/refresh-token.setting';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { refusal } from '../provider-failure';
import { foundItem, searchArguments, wantedOf, type FoundItem, type ReadTool } from '../read-tool';
import { listOf } from '../rest/list-of';
import { writtenArguments } from '../tool-arguments';
import { notionApp } from './notion-app';
import { withNotion } from './notion-client';
import { notionPage } from './notion-page';

const settingsSchema = z
  .object({
    token: z
      .string()
      .regex(/^(ntn_|secret_)\w{10,500}$/, 'must be the secret of an integration (ntn_…)')
      .optional()
      .meta({ secret: true, description: 'Secret of your internal integration in Notion.' }),
    refreshToken: refreshToken.optional(),
    dataSource: z
      .string()
      .regex(/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/, 'must be the id of a data source')
      .meta({ description: 'Id of the data source (database, Manage data sources, Copy id).' }),
    property: z
      .string()
      .min(1)
      .max(100)
      .default('Parley action')
      .meta({ description: 'Name of a text property in it, by which pages are found again.' }),
  })
  .refine(({ token, refreshToken: consent }) => token !== undefined || consent !== undefined, {
    path: ['token'],
    message: 'say a token, or ask a person by POST /v1/authorizations',
  });
type NotionConnection = OpenConnection<z.infer<typeof settingsSchema>>;

const SEARCH: ReadTool = {
  name: 'notion.page.search',
  risk: 'read',
  arguments: searchArguments,
  description: 'Finds pages of the data source whose title holds the words, the latest first.',
};

/** Pages of one Notion data source. Each carries its action's id in a property, by which it is found again. */
@Injectable()
export class NotionProvider extends Provider<typeof settingsSchema> {
  readonly id = 'notion';
  readonly name = 'Notion';
  readonly tools = [
    {
      name: 'notion.page.create',
      class: 'reconcilable' as const,
      risk: 'medium' as const,
      arguments: writtenArguments,
      description: 'Creates a page in the data source, with its evidence as quotes.',
    },
  ];
  readonly settingsSchema = settingsSchema;

  constructor(
    @Inject(SETTINGS)
    private readonly appSettings: Pick<
      IntegrationsSettings,
      'NOTION_API_URL' | 'NOTION_CLIENT_ID' | 'NOTION_CLIENT_SECRET'
    >,
  ) {
    super();
  }

  override get oauth(): OAuthApp | undefined {
    return notionApp(this.appSettings);
  }

  async send(
    action: OutgoingAction,
    connection: NotionConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const page = await this.ask(connection, signal, (notion) =>
      notion.pages.create(notionPage(connection.settings, action)),
    );
    return receipt(page);
  }

  override async find(
    { actionId: marker }: OutgoingAction,
    connection: NotionConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt | null> {
    const { settings } = connection;
    const { results } = await this.ask(connection, signal, (notion) =>
      notion.dataSources.query({
        data_source_id: settings.dataSource,
        filter: { property: settings.property, rich_text: { equals: marker } },
        page_size: 1,
      }),
    );
    const [found] = results;
    return found ? receipt(found) : null;
  }

  override get reads(): readonly ReadTool[] {
    return [SEARCH];
  }

  override async read(
    _tool: string,
    given: ActionArguments,
    connection: NotionConnection,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<FoundItem[]> {
    const { results } = await this.ask(connection, signal, (notion) =>
      notion.dataSources.query({
        data_source_id: connection.settings.dataSource,
        filter: { property: 'title', title: { contains: String(given.query) } },
        sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }],
        page_size: wantedOf(given),
      }),
    );
    return listOf(results).flatMap(foundPage);
  }

  async check(
    connection: NotionConnection,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<void> {
    const { settings } = connection;
    const { properties } = await this.ask(connection, signal, (notion) =>
      notion.dataSources.retrieve({ data_source_id: settings.dataSource }),
    );
    if (properties[settings.property]?.type === 'rich_text') return;
    throw refusal(`Notion: the data source has no text property "${settings.property}"`);
  }

  /** As the integration of the token, or as the person who consented. */
  private ask<T>(
    { settings, access }: NotionConnection,
    signal: AbortSignal,
    work: (notion: Client) => Promise<T>,
  ): Promise<T> {
    const url = this.appSettings.NOTION_API_URL;
    const { token } = settings;
    if (token !== undefined) return withNotion({ url, token, signal }, work);
    if (access) {
      return withAccess(access, signal, (given) => withNotion({ url, token: given, signal }, work));
    }
    return Promise.reject(refusal('NOTION_CLIENT_ID and NOTION_CLIENT_SECRET are not set'));
  }
}

function foundPage(page: Record<string, unknown>): FoundItem[] {
  const { id, url, last_edited_time: at } = page;
  const properties = Object.values((page.properties ?? {}) as Record<string, unknown>);
  const title = listOf(properties).find(({ type }) => type === 'title')?.title;
  const words = listOf(title).map(({ plain_text: text }) => (typeof text === 'string' ? text : ''));
  return foundItem({ id, title: words.join(''), excerpt: undefined, at, url });
}

function receipt(page: { id: string; url?: unknown }): SendReceipt {
  const { id, url } = page;
  return { status: 200, externalId: id, ...(typeof url === 'string' ? { url } : {}) };
}
