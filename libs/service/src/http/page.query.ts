import { isId, ProblemError } from '@parley/contracts';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

/** `?cursor&limit` of every list. */
export class PageQuery {
  /** At most 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit = 50;
  /** `nextCursor` of the page before. */
  @IsOptional() @IsString() @Length(1, 512) cursor?: string;
}

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** @throws ProblemError `validation-failed` for what is no cursor of {@link pageFrom}, whose cursors are ids */
export function assertIdCursor(cursor: string | undefined): void {
  if (cursor === undefined || isId(cursor)) return;
  throw new ProblemError('validation-failed', 'This cursor was not given by us.');
}

/**
 * One page of rows that were asked for with `limit + 1`: the row too many tells that another follows.
 * @param cursorOf of a page's last row; left out: its id
 */
export function pageFrom<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => Item,
  cursorOf: (row: Row) => string = ({ id }) => id,
): Page<Item> {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.map((row) => view(row)), nextCursor: last ? cursorOf(last) : null };
}
