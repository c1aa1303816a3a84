import { IsIn, IsOptional } from 'class-validator';
import { EXPORT_FORMATS, type ExportFormat } from './export-format';

export class ExportQuery {
  /** `md` to read, `json` for programs, `vtt` and `srt` as subtitles, `zip` for everything. Default: `json`. */
  @IsOptional() @IsIn(EXPORT_FORMATS) format: ExportFormat = 'json';
}
