import { DELIVERY_STATUSES, type DeliveryStatus } from '@parley/contracts';
import { PageQuery } from '@parley/service';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';

export class DeliveriesQuery extends PageQuery {
  @IsOptional() @IsString() @Length(1, 100) meetingId?: string;
  @IsOptional() @IsIn(DELIVERY_STATUSES) status?: DeliveryStatus;
}
