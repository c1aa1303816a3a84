import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { ActionArguments } from '@parley/contracts';
import { z } from 'zod';
import type { IntegrationsSettings } from '../../integrations.settings';
import type { OAuthApp } from '../../oauth/oauth-app';
import { callGoogle } from '../google/google-api';
import { googleApp } from '../google/google-app';
import { refreshToken } from '../../oauth/refresh-token.setting';
import {
  Provider,
  type OpenConnection,
  type OutgoingAction,
  type ProviderCall,
  type SendReceipt,
} from '../provider';
import { ProviderFailure } from '../provider-failure';
import { foundItem, listArguments, wantedOf, type FoundItem, type ReadTool } from '../read-tool';
import { listOf } from '../rest/list-of';
import { eventArguments } from '../tool-arguments';
import { calendarEvent, eventId } from './calendar-event';

const settingsSchema = z.object({
  refreshToken,
  calendar: z
    .string()
    .min(1)
    .max(250)
    .default('primary')
    .meta({ description: 'Id of the calendar; `primary` is the own one.' }),
});
type CalendarConnection = OpenConnection<z.infer<typeof settingsSchema>>;

const SCOPES = ['https://www.googleapis.com/auth/calendar.events'];
const ALREADY_THERE = 409;

const LIST: ReadTool = {
  name: 'calendar.event.list',
  risk: 'read',
  arguments: listArguments,
  description: 'Lists the events of a time, each occurrence of a series by itself.',
};

/** A Google calendar. The event's id is the action's: whatever is asked twice is there once. */
@Injectable()
export class CalendarProvider extends Provider<typeof settingsSchema> {
  readonly id = 'calendar';
  readonly name = 'Google Calendar';
  readonly tools = [
    {
      name: 'calendar.event.create',
      class: 'idempotent' as const,
      risk: 'high' as const,
      arguments: eventArguments,
      description: 'Enters an event and invites the attendees that have an email address.',
    },
  ];
  readonly settingsSchema = settingsSchema;

  constructor(@Inject(SETTINGS) private readonly appSettings: IntegrationsSettings) {
    super();
  }

  override get oauth(): OAuthApp | undefined {
    return googleApp(this.appSettings, SCOPES);
  }

  async send(
    action: OutgoingAction,
    connection: CalendarConnection,
    { signal }: ProviderCall,
  ): Promise<SendReceipt> {
    const body = calendarEvent(action.actionId, action.arguments, action.citations);
    const url = this.url(connection, '?sendUpdates=all');
    try {
      return receipt(await callGoogle(connection, signal, { method: 'POST', url, body }));
    } catch (error) {
      if (!(error instanceof ProviderFailure && error.status === ALREADY_THERE)) throw error;
      const found = this.url(connection, `/${eventId(action.actionId)}`);
      return receipt(await callGoogle(connection, signal, { method: 'GET', url: found }));
    }
  }

  override get reads(): readonly ReadTool[] {
    return [LIST];
  }

  override async read(
    _tool: string,
    given: ActionArguments,
    connection: CalendarConnection,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<FoundItem[]> {
    const query = new URLSearchParams({
      timeMin: String(given.from),
      timeMax: String(given.to),
      maxResults: String(wantedOf(given)),
      singleEvents: 'true',
      orderBy: 'startTime',
    });
    const url = this.url(connection, `?${query.toString()}`);
    const { items } = await callGoogle(connection, signal, { method: 'GET', url });
    return listOf(items).flatMap(foundEvent);
  }

  async check(
    connection: CalendarConnection,
    { signal }: Pick<ProviderCall, 'signal'>,
  ): Promise<void> {
    const url = this.url(connection, '?maxResults=1');
    await callGoogle(connection, signal, { method: 'GET', url });
  }

  private url({ settings }: CalendarConnection, more: string): string {
    const path = `calendar/v3/calendars/${encodeURIComponent(settings.calendar)}/events${more}`;
    return new URL(path, this.appSettings.CALENDAR_API_URL).href;
  }
}

function foundEvent(event: Record<string, unknown>): FoundItem[] {
  const { id, summary: title, description: excerpt, htmlLink: url } = event;
  const { dateTime, date } = (event.start ?? {}) as Record<string, unknown>;
  return foundItem({ id, title, excerpt, url, at: dateTime ?? date });
}

function receipt({ id, htmlLink }: Record<string, unknown>): SendReceipt {
  return {
    status: 200,
    ...(typeof id === 'string' ? { externalId: id } : {}),
    ...(typeof htmlLink === 'string' ? { url: htmlLink } : {}),
  };
}
