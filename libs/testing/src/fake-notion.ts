import { FakeGrants } from './fake-grants';
import { FakeProvider, type FakeAnswer, type FakeRequest } from './fake-provider';

export interface NotionPage {
  id: string;
  properties: Record<string, unknown>;
  children: unknown[];
}

interface NotionQuery {
  filter: { rich_text?: { equals: string }; title?: { contains: string } };
  page_size: number;
}

const LAST_EDITED = '2026-01-05T09:00:00.000Z';

/** What Parley uses of Notion on loopback: pages of one data source (developers.notion.com/reference). */
export class FakeNotion extends FakeProvider {
  readonly token = 'ntn_fake000000000000000000';
  readonly dataSource = '2f26ee68-df30-4251-aad4-8ddc420cba3d';
  /** The text property that a person made for Parley. */
  readonly property = 'Parley action';
  /** What it says of every page. */
  readonly lastEdited = LAST_EDITED;
  readonly pages: NotionPage[] = [];
  /** Of public integrations, for which people consent. */
  readonly grants = new FakeGrants();

  protected answer({ method, url, authorization, text }: FakeRequest): FakeAnswer {
    if (url.pathname.startsWith('/v1/oauth/')) {
      return this.consent(url.pathname, authorization, JSON.parse(text) as Record<string, unknown>);
    }
    const allowed = authorization === `Bearer ${this.token}` || this.grants.isValid(authorization);
    if (!allowed) return refusal(401, 'unauthorized');
    const about = `/v1/data_sources/${this.dataSource}`;
    switch (`${method} ${url.pathname}`) {
      case 'POST /v1/pages':
        return this.create(JSON.parse(text) as Omit<NotionPage, 'id'>);
      case `POST ${about}/query`: {
        const query = JSON.parse(text) as NotionQuery;
        const results = this.pages.filter((page) => isFound(page, query, this.property));
        return { status: 200, body: list(results.slice(0, query.page_size).map(toPage)) };
      }
      case `GET ${about}`: {
        const properties = { [this.property]: { id: 'x', type: 'rich_text', rich_text: {} } };
        return { status: 200, body: { object: 'data_source', id: this.dataSource, properties } };
      }
      default:
        return refusal(404, 'object_not_found');
    }
  }

  private consent(path: string, authorization: string, form: Record<string, unknown>): FakeAnswer {
    const { clientId, clientSecret } = this.grants;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const named = authorization === `Basic ${basic}`;
    if (path === '/v1/oauth/token') return this.grants.grant(form, named);
    if (path === '/v1/oauth/revoke' && named) return this.grants.revoke(String(form.token));
    return refusal(404, 'object_not_found');
  }

  private create(given: Omit<NotionPage, 'id'>): FakeAnswer {
    if (!(this.property in given.properties)) return refusal(400, 'validation_error');
    const page = { ...given, id: `page-${this.pages.length}` };
    this.pages.push(page);
    return { status: 200, body: toPage(page) };
  }
}

function isFound({ properties }: NotionPage, { filter }: NotionQuery, marker: string): boolean {
  if (filter.title) return titleOf(properties).includes(filter.title.contains);
  const wanted = JSON.stringify(filter.rich_text?.equals);
  return JSON.stringify(properties[marker]).includes(wanted);
}

function titleOf(properties: Record<string, unknown>): string {
  const { title = [] } = (properties.title ?? {}) as { title?: { text: { content: string } }[] };
  return title.map(({ text }) => text.content).join('');
}

function toPage({ id, properties }: NotionPage): object {
  // People may call it what they like; it is told by its type.
  const title = { id: 'title', type: 'title', title: [{ plain_text: titleOf(properties) }] };
  return {
    ...{ object: 'page', id, url: `https://www.notion.so/${id}` },
    ...{ last_edited_time: LAST_EDITED, properties: { ...properties, Name: title } },
  };
}

function list(results: object[]): object {
  return { object: 'list', results, has_more: false, next_cursor: null };
}

function refusal(status: number, code: string): FakeAnswer {
  return { status, body: { object: 'error', status, code, message: code } };
}
