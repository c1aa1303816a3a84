import { IsArray, IsInt, IsOptional, IsString, IsUUID, Min } from 'class-validator';
import type { ChunkEntity } from '../chunks/chunk.entity';

/** A passage of a document, as it is cited. Neighbours may share a sentence. */
export class Passage {
  @IsUUID() id: string;
  @IsUUID() documentId: string;
  /** Counted from 0 within its document. */
  @IsInt() @Min(0) ordinal: number;
  @IsString() text: string;
  /** What it stands below, outermost first, without the document's title. */
  @IsArray() @IsString({ each: true }) headings: string[];
  /** Of a paged document. */
  @IsOptional() @IsInt() @Min(1) page?: number;
}

/** @param title of its document: the context of each chunk begins with it. */
export function toPassage(chunk: ChunkEntity & { documentId: string }, title: string): Passage {
  const below = chunk.context.startsWith(`${title}\n`) ? chunk.context.slice(title.length + 1) : '';
  return {
    id: chunk.id,
    documentId: chunk.documentId,
    ordinal: chunk.ordinal,
    text: chunk.text,
    headings: below === '' ? [] : below.split('\n'),
    ...(chunk.page === null ? {} : { page: chunk.page }),
  };
}
