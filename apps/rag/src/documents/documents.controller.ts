import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, type Page } from '@parley/service';
import type { Response } from 'express';
import { CreateDocument, DocumentView } from './document.dto';
import { DocumentsService } from './documents.service';
import { toUpload, type UploadedBytes } from './upload';

@ApiTags('documents')
@Controller('v1/documents')
export class DocumentsController {
  constructor(@Inject(DocumentsService) private readonly documents: DocumentsService) {}

  @Post()
  @ApiOperation({ summary: 'Index a document: 201, or 200 when it is there already.' })
  @ApiConsumes('multipart/form-data', 'application/json')
  @UseInterceptors(FileInterceptor('file'))
  async create(
    @UploadedFile() file: UploadedBytes | undefined,
    @Body() input: CreateDocument,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentView> {
    const { document, created } = await this.documents.index(toUpload(file, input));
    response.status(created ? 201 : 200);
    return document;
  }

  @Get()
  list(@Query() page: PageQuery): Promise<Page<DocumentView>> {
    return this.documents.list(page.limit, page.cursor);
  }

  @Get(':id')
  @ApiOkResponse({ type: DocumentView })
  get(@Param('id') id: string): Promise<DocumentView> {
    return this.documents.get(id);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string): Promise<void> {
    return this.documents.remove(id);
  }
}
