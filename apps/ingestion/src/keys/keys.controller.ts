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
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnnouncedKey } from '@parley/contracts';
import { SecretAnswer } from '@parley/idempotency';
import { ApiRoute, NeedsScope, pageOf, PageQuery, type Page } from '@parley/service';
import { AnnouncedQuery, CreateKey, IssuedKey, KeyView } from './key.dto';
import { KeysService } from './keys.service';

@ApiTags('access')
@NeedsScope('admin')
@Controller('v1/keys')
export class KeysController {
  constructor(@Inject(KeysService) private readonly keys: KeysService) {}

  /**
   * Of the caller's workspace, with no more than the caller's own scopes. The secret is told once: a repeat under the
   * same `Idempotency-Key` answers the id alone.
   */
  @ApiRoute({
    id: 'createKey',
    summary: 'Make an API key',
    returns: IssuedKey,
    problems: ['workspace-not-found', 'conflict'],
    example: { name: 'Notes on the wall', scopes: ['read'] },
  })
  @SecretAnswer()
  @Post()
  create(@Body() input: CreateKey): Promise<IssuedKey> {
    return this.keys.create(input);
  }

  /** Newest first, without those that were revoked. */
  @ApiRoute({ id: 'listKeys', summary: 'List API keys', returns: pageOf(KeyView) })
  @Get()
  list(@Query() page: PageQuery): Promise<Page<KeyView>> {
    return this.keys.list(page.limit, page.cursor);
  }

  /** Every key that is valid, of all workspaces, with the hash of its secret. */
  @ApiRoute({
    id: 'listAnnouncedKeys',
    summary: 'What the other services know of keys',
    returns: pageOf(AnnouncedKey),
  })
  @NeedsScope('operator')
  @Get('announced')
  announced(@Query() { limit, cursor, ids }: AnnouncedQuery): Promise<Page<AnnouncedKey>> {
    return this.keys.announced(limit, cursor, ids?.split(','));
  }

  /** Everywhere within seconds, open feeds and sockets included, and for good. */
  @ApiRoute({
    id: 'revokeKey',
    summary: 'Revoke an API key',
    returns: null,
    problems: ['key-not-found'],
  })
  @Delete(':id')
  @HttpCode(204)
  revoke(@Param('id') id: string): Promise<void> {
    return this.keys.revoke(id);
  }
}
