import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { z } from 'zod';
import { toolArguments, type ArgumentsSchema } from './tool-arguments';

/** One thing that a provider can be asked, without an effect: nobody approves it, and no delivery is made of it. */
export class ReadTool {
  @IsString() name: string;
  @IsIn(['read']) risk: 'read';
  @IsString() description: string;
  /** JSON Schema (2020-12) of its arguments. */
  @IsObject() arguments: ArgumentsSchema;
}

export const MOST_FOUND = 20;
export const LONGEST_TITLE = 300;
export const LONGEST_EXCERPT = 500;

/** Something that was found at a provider: enough to tell what it is, and no more. */
export class FoundItem {
  /** The provider's own. */
  @IsString() @MaxLength(1_024) id: string;
  @IsString() @MaxLength(LONGEST_TITLE) title: string;
  /** The beginning of what it says, where the provider tells. */
  @IsOptional() @IsString() @MaxLength(LONGEST_EXCERPT) excerpt?: string;
  /** When it begins, was sent or was changed, as the provider says it. */
  @IsOptional() @IsString() @MaxLength(100) at?: string;
  @IsOptional() @IsString() @MaxLength(2_048) url?: string;
}

/** What a provider answered; it is handed through and kept nowhere. */
export class Findings {
  @IsArray()
  @ArrayMaxSize(MOST_FOUND)
  @ValidateNested({ each: true })
  @Type(() => FoundItem)
  items: FoundItem[];
}

const limit = z
  .int()
  .min(1)
  .max(MOST_FOUND)
  .optional()
  .meta({ description: `How many at most; ${MOST_FOUND} when left out.` });

export const searchArguments = toolArguments({
  query: z.string().min(1).max(500).meta({ description: 'What to look for.' }),
  limit,
});

export const listArguments = toolArguments({
  from: z.iso.datetime({ offset: true }).meta({ description: 'Beginning of the time.' }),
  to: z.iso.datetime({ offset: true }).meta({ description: 'End of the time.' }),
  limit,
});

/** How many are wanted; its schema was checked. */
export function wantedOf({ limit: wanted }: Record<string, unknown>): number {
  return typeof wanted === 'number' ? wanted : MOST_FOUND;
}

/** An item of what a provider sent: nothing of it is trusted to be there, to be a text, or to be short. */
export function foundItem(
  told: Record<'id' | 'title' | 'excerpt' | 'at' | 'url', unknown>,
): FoundItem[] {
  const { id, title, excerpt, at, url } = told;
  if (typeof id !== 'string' || id === '' || id.length > 1_024) return [];
  return [
    {
      id,
      title: typeof title === 'string' ? title.slice(0, LONGEST_TITLE) : '',
      ...(isText(excerpt) ? { excerpt: excerpt.slice(0, LONGEST_EXCERPT) } : {}),
      ...(isText(at) ? { at: at.slice(0, 100) } : {}),
      ...(isText(url) && url.length <= 2_048 && URL.canParse(url) ? { url } : {}),
    },
  ];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
