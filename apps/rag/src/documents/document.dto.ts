import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  Min,
} from 'class-validator';
import { MIME_TYPES, type DocumentMimeType } from '../reading/read-document';
import type { DocumentEntity } from './document.entity';

const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);

/** Either a multipart `file`, or `text` with a `title` as JSON. */
export class CreateDocument {
  /** Default: the document's own title, else its file name. */
  @IsOptional()
  @trimmed
  @IsString()
  @Length(1, 300)
  title?: string;

  /** The document itself, when it is sent as JSON. */
  @IsOptional()
  @IsString()
  @MaxLength(20_971_520)
  text?: string;

  /** Default: told by the content. */
  @IsOptional()
  @IsIn(MIME_TYPES)
  mimeType?: DocumentMimeType;
}

/** A document as the API shows it. */
export class DocumentView {
  @IsUUID() id: string;
  @IsString() title: string;
  @IsIn(MIME_TYPES) mimeType: DocumentMimeType;
  @IsInt() @Min(0) sizeBytes: number;
  /** Of a paged document. */
  @IsOptional() @IsInt() @Min(1) pages?: number;
  /** The passages it was cut into. */
  @IsInt() @Min(0) chunks: number;
  /** False: found by its words only, until its vectors are made. */
  @IsBoolean() vectors: boolean;
  @IsISO8601() createdAt: string;
}

export function toDocumentView(row: DocumentEntity, vectors: boolean): DocumentView {
  return {
    id: row.id,
    title: row.title,
    mimeType: row.mimeType,
    sizeBytes: row.sizeBytes,
    ...(row.pages === null ? {} : { pages: row.pages }),
    chunks: row.chunkCount,
    vectors,
    createdAt: row.createdAt.toISOString(),
  };
}
