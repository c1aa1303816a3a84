import { IsInt, IsString, Min } from 'class-validator';

export class DocumentIndexed {
  @IsString() documentId: string;
  @IsString() title: string;
  @IsInt() @Min(0) chunks: number;
}

export class DocumentRemoved {
  @IsString() documentId: string;
}
