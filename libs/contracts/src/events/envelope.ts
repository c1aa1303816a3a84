import { IsISO8601, IsIn, IsInt, IsObject, IsOptional, IsString, Min } from 'class-validator';
import { EVENT_TYPES, type EventData, type EventType } from './event-types';

/** What travels on the bus. `data` is the class that {@link EventData} names for `type`. */
export class Envelope<Type extends EventType = EventType> {
  /** UUIDv7; a consumer that sees it twice does nothing the second time. */
  @IsString() id: string;
  @IsIn(EVENT_TYPES) type: Type;
  @IsInt() @Min(1) version: number;
  @IsString() workspaceId: string;
  @IsOptional() @IsString() meetingId?: string;
  @IsISO8601() occurredAt: string;
  /** W3C trace context of the work that caused it; empty when nothing is traced. */
  @IsString() traceparent: string;
  @IsObject() data: EventData[Type];
}

/** An envelope of any type, as a union that narrows on `type`. */
export type AnyEnvelope = { [Type in EventType]: Envelope<Type> }[EventType];
