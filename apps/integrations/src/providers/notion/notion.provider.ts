import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { z } from 'zod';
import type { IntegrationsSettings } from '../../integrations.settings';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { ProviderFailure } from '../provider-failure';
import { withNotion } from './notion-client';
import { notionPage } from './notion-page';

const settingsSchema = z.object({
  token: z
    .string()
    .regex(/^(ntn_|secret_)\w{10,500}$/, 'must be the secret of an integration (ntn_…)')
    .meta({ secret: true, description: 'Secret of your internal integration in Notion.' }),
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
});
type NotionConnection = OpenConnection<z.infer<typeof settingsSchema>>;

/** Pages of one Notion data source. Each carries its action's id in a property, by which it is found again. */
@Injectable()
export class NotionProvider extends Provider<typeof settingsSchema> {
  readonly id = 'notion';
  readonly name = 'Notion';
  readonly tools = [
    {
      name: 'notion.page.create',
      class: 'reconcilable' as const,
      description: 'Creates a page in the data source, with its evidence as quotes.',
    },
  ];
  readonly settingsSchema = settingsSchema;

  constructor(
    @Inject(SETTINGS) private readonly appSettings: Pick<IntegrationsSettings, 'NOTION_API_URL'>,
  ) {
    super();
  }

  async send(
    action: OutgoingAction,
    { settings }: NotionConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const page = await withNotion(this.access(settings, signal), (notion) =>
      notion.pages.create(notionPage(settings, action)),
    );
    return receipt(page);
  }

  override async find(
    { actionId: marker }: OutgoingAction,
    { settings }: NotionConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt | null> {
    const { results } = await withNotion(this.access(settings, signal), (notion) =>
      notion.dataSources.query({
        data_source_id: settings.dataSource,
        filter: { property: settings.property, rich_text: { equals: marker } },
        page_size: 1,
      }),
    );
    const [found] = results;
    return found ? receipt(found) : null;
  }

  async check(
    { settings }: NotionConnection,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<void> {
    const { properties } = await withNotion(this.access(settings, signal), (notion) =>
      notion.dataSources.retrieve({ data_source_id: settings.dataSource }),
    );
    if (properties[settings.property]?.type === 'rich_text') return;
    const facts = { retryable: false, uncertain: false };
    const reason = `Notion: the data source has no text property "${settings.property}"`;
    throw new ProviderFailure(reason, facts);
  }

  private access({ token }: NotionConnection['settings'], signal: AbortSignal) {
    return { url: this.appSettings.NOTION_API_URL, token, signal };
  }
}

function receipt(page: { id: string; url?: unknown }): SendReceipt {
  const { id, url } = page;
  return { status: 200, externalId: id, ...(typeof url === 'string' ? { url } : {}) };
}
