import { IsObject } from 'class-validator';
import type { Delivery } from '../meeting/delivery';

export class DeliverySucceeded {
  @IsObject() delivery: Delivery;
}
export class DeliveryFailed {
  @IsObject() delivery: Delivery;
}
/** It may or may not have happened: a person decides. */
export class DeliveryUncertain {
  @IsObject() delivery: Delivery;
}
