import { IsInt, IsString, Length, Max, Min } from 'class-validator';

/** What every variant takes and gives back. */
export class Order {
  @IsString() @Length(1, 80) title: string;
  @IsInt() @Min(1) @Max(100) count: number;
}

export interface OrderTaken {
  id: string;
  title: string;
  total: number;
}

/** The work of the route: as little as possible, so that the platform around it is what is measured. */
export function takeOrder({ title, count }: Order): OrderTaken {
  return { id: 'order', title, total: count * 2 };
}
