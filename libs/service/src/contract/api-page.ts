import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

const pages = new WeakMap<Type, Type>();

/** The class of a list of `item`s, as `@ApiRoute({ returns: pageOf(Meeting) })` documents it. */
export function pageOf(item: Type): Type {
  const known = pages.get(item);
  if (known) return known;
  class PageOfItems {
    items: unknown[];
    nextCursor: string | null;
  }
  ApiProperty({ type: () => item, isArray: true })(PageOfItems.prototype, 'items');
  ApiProperty({
    type: String,
    nullable: true,
    description: '`?cursor` of the next page; null on the last.',
  })(PageOfItems.prototype, 'nextCursor');
  Object.defineProperty(PageOfItems, 'name', { value: `${item.name}Page` });
  pages.set(item, PageOfItems);
  return PageOfItems;
}
