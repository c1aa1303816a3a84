import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { MIME_TYPES, type DocumentMimeType } from '../reading/read-document';
import type { DocumentEntity } from './document.entity';

const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);

/** Either a multipart `file`, or `text` with a `title` as JSON. */
export class CreateDocument {
  @ApiPropertyOptional({ description: "Default: the document's own title, else its file name." })
  @IsOptional()
  @trimmed
  @IsString()
  @Length(1, 300)
  title?: string;

  @ApiPropertyOptional({ description: 'The document itself, when it is sent as JSON.' })
  @IsOptional()
  @IsString()
  @MaxLength(20_971_520)
  text?: string;

  @ApiPropertyOptional({ enum: MIME_TYPES, description: 'Default: told by the content.' })
  @IsOptional()
  @IsIn(MIME_TYPES)
  mimeType?: DocumentMimeType;
}

/** A document as the API shows it. */
export class DocumentView {
  @ApiProperty() id: string;
  @ApiProperty() title: string;
  @ApiProperty({ enum: MIME_TYPES }) mimeType: DocumentMimeType;
  @ApiProperty() sizeBytes: number;
  @ApiPropertyOptional() pages?: number;
  @ApiProperty() chunks: number;
  @ApiProperty({ description: 'False: found by its words only, until its vectors are made.' })
  vectors: boolean;
  @ApiProperty() createdAt: string;
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
