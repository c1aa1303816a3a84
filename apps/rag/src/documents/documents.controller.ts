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
  type StreamableFile,
  UploadedFile,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { IdempotentUpload } from '@parley/idempotency';
import {
  ApiRoute,
  BodyLimit,
  NeedsScope,
  type Page,
  pageOf,
  PageQuery,
  PROCESSING,
  RateLimit,
  sendCutOff,
} from '@parley/service';
import type { Response } from 'express';
import { CreateDocument, DocumentView } from './document.dto';
import { DocumentsService } from './documents.service';
import { toUpload, type UploadedBytes } from './upload';

/** The parts of a form besides the file: names, boundaries, a title. */
const FORM_BYTES = 65_536;

@ApiTags('documents')
@Controller('v1/documents')
export class DocumentsController {
  constructor(@Inject(DocumentsService) private readonly documents: DocumentsService) {}

  /**
   * Text, Markdown, HTML, PDF, Word (.docx) or subtitles (WebVTT, SubRip), as a multipart `file` or as JSON: read, cut into passages and indexed before
   * the answer. 200 and the document there is when its content was indexed before.
   */
  @ApiRoute({
    id: 'createDocument',
    summary: 'Index a document',
    returns: { 201: DocumentView, 200: DocumentView },
    problems: ['document-unreadable', 'conflict'],
    upload: { field: 'file', replaces: 'text', jsonRequires: ['title', 'text'] },
    example: { title: 'Refunds', text: 'Refunds are paid within 30 days of the request.' },
  })
  @BodyLimit({
    maxBytes: { setting: 'RAG_MAX_UPLOAD_BYTES', plus: FORM_BYTES },
    mediaTypes: ['multipart/form-data', 'application/json'],
    timeoutSeconds: 120,
  })
  @ApiConsumes('multipart/form-data', 'application/json')
  @NeedsScope('capture')
  @Post()
  @RateLimit(PROCESSING)
  @IdempotentUpload(FileInterceptor('file'))
  async create(
    @UploadedFile() file: UploadedBytes | undefined,
    @Body() input: CreateDocument,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentView> {
    const { document, created } = await this.documents.index(toUpload(file, input));
    response.status(created ? 201 : 200);
    return document;
  }

  /** Newest first. */
  @ApiRoute({ id: 'listDocuments', summary: 'List documents', returns: pageOf(DocumentView) })
  @Get()
  list(@Query() page: PageQuery): Promise<Page<DocumentView>> {
    return this.documents.list(page.limit, page.cursor);
  }

  @ApiRoute({
    id: 'getDocument',
    summary: 'Get a document',
    returns: DocumentView,
    problems: ['document-not-found'],
  })
  @Get(':id')
  get(@Param('id') id: string): Promise<DocumentView> {
    return this.documents.get(id);
  }

  /** As a download, whatever it is: never to be shown by a browser as part of this site. */
  @ApiRoute({
    id: 'getOriginal',
    summary: 'Get a document as it was sent',
    returns: null,
    binary: 'application/octet-stream',
    problems: ['document-not-found', 'unavailable'],
  })
  @Get(':id/original')
  async original(
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { bytes, content, fileName } = await this.documents.original(id);
    response.attachment(fileName).setHeader('Content-Type', 'application/octet-stream');
    return sendCutOff(response, content, { length: bytes });
  }

  /** With its passages, vectors and original. */
  @ApiRoute({
    id: 'deleteDocument',
    summary: 'Remove a document',
    returns: null,
    problems: ['document-not-found', 'unavailable'],
  })
  @NeedsScope('capture')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string): Promise<void> {
    return this.documents.remove(id);
  }
}
