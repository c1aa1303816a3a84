import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  IsNumber,
  Length,
  Max,
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

  /** To search in some documents only. In a form: one field for each. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  tags?: string[];
}

export const DOCUMENT_STATUSES = ['indexing', 'indexed'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

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
  /** `indexing`: found by its words already, by its meaning once it is `indexed`. */
  @IsIn(DOCUMENT_STATUSES) status: DocumentStatus;
  /** The share of its passages that are found by meaning, from 0 to 1; it goes on where it was after a restart. */
  @IsNumber() @Min(0) @Max(1) progress: number;
  /** Whether it can be had as it was sent: `GET /v1/documents/{id}/original`. */
  @IsBoolean() original: boolean;
  @IsArray() @IsString({ each: true }) tags: string[];
  @IsISO8601() createdAt: string;
}

/** @param embedded how many of its chunks have vectors of the engine in use */
export function toDocumentView(row: DocumentEntity, embedded: number): DocumentView {
  const vectors = embedded >= row.chunkCount;
  return {
    id: row.id,
    title: row.title,
    mimeType: row.mimeType,
    sizeBytes: row.sizeBytes,
    ...(row.pages === null ? {} : { pages: row.pages }),
    chunks: row.chunkCount,
    vectors,
    status: vectors ? 'indexed' : 'indexing',
    progress: row.chunkCount === 0 ? 1 : Math.round((embedded / row.chunkCount) * 100) / 100,
    original: row.keyId !== null,
    tags: row.tags,
    createdAt: row.createdAt.toISOString(),
  };
}
