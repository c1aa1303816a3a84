import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute, NeedsScope } from '@parley/service';
import { ConnectionView } from '../connections/connection.view';
import {
  AuthorizationView,
  CallbackQuery,
  CompleteAuthorization,
  CreateAuthorization,
} from './authorization.dto';
import { AuthorizationsService } from './authorizations.service';

@ApiTags('connections')
@NeedsScope('admin')
@Controller('v1/authorizations')
export class AuthorizationsController {
  constructor(
    @Inject(AuthorizationsService) private readonly authorizations: AuthorizationsService,
  ) {}

  /** OAuth 2.0 with PKCE: send the person to `url`; they come back to OAUTH_REDIRECT_URL. */
  @ApiRoute({
    id: 'createAuthorization',
    summary: 'Ask for a consent',
    returns: AuthorizationView,
    problems: ['conflict'],
  })
  @Post()
  create(@Body() input: CreateAuthorization): Promise<AuthorizationView> {
    return this.authorizations.create(input);
  }

  /** For a page or a command to which the person came back. Once, within ten minutes, in the same workspace. */
  @ApiRoute({
    id: 'completeAuthorization',
    summary: 'Hand over a consent',
    returns: ConnectionView,
    problems: ['authorization-failed', 'conflict', 'destination-refused'],
  })
  @Post('complete')
  @HttpCode(201)
  complete(@Body() input: CompleteAuthorization): Promise<ConnectionView> {
    return this.authorizations.complete(input);
  }

  /** Where the browser itself comes back to while no API key is asked for. */
  @ApiRoute({
    id: 'callbackAuthorization',
    summary: 'Come back from a consent',
    returns: ConnectionView,
    problems: ['authorization-failed', 'conflict', 'destination-refused'],
  })
  @Get('callback')
  callback(@Query() { state, code, error }: CallbackQuery): Promise<ConnectionView> {
    return this.authorizations.complete({
      state,
      ...(code === undefined ? {} : { code }),
      ...(error === undefined ? {} : { error }),
    });
  }
}
