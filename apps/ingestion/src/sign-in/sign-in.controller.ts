import { Body, Controller, Delete, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { UnkeptAnswer } from '@parley/idempotency';
import {
  ApiRoute,
  BEGINNING_A_SIGN_IN,
  FINISHING_A_SIGN_IN,
  NeedsScope,
  RateLimit,
} from '@parley/service';
import { SignInKeys } from '../keys/sign-in-keys.service';
import { BegunSignIn, CompletedSignIn, CompleteSignIn, SignInOptions } from './sign-in.dto';
import { SignInService } from './sign-in.service';

@ApiTags('access')
@Controller('v1/sign-in')
export class SignInController {
  constructor(
    @Inject(SignInService) private readonly signIn: SignInService,
    @Inject(SignInKeys) private readonly keys: SignInKeys,
  ) {}

  @ApiRoute({
    id: 'getSignInOptions',
    summary: 'How people may sign in at the page',
    returns: SignInOptions,
  })
  @NeedsScope('nothing')
  @Get()
  options(): SignInOptions {
    return this.signIn.options();
  }

  /**
   * For the page, which keeps the attempt for the browser that it sends to the identity provider. It is good once, for ten
   * minutes.
   */
  @ApiRoute({
    id: 'beginSignIn',
    summary: 'Begin to sign in through the identity provider',
    returns: BegunSignIn,
    problems: ['sign-in-not-offered', 'sign-in-failed'],
  })
  @NeedsScope('nothing')
  @RateLimit(BEGINNING_A_SIGN_IN)
  @UnkeptAnswer()
  @Post('begin')
  begin(): Promise<BegunSignIn> {
    return this.signIn.begin();
  }

  /** For the page, with what the identity provider sent the browser back with. Who is let in gets a key for twelve hours. */
  @ApiRoute({
    id: 'completeSignIn',
    summary: 'Finish signing in through the identity provider',
    returns: CompletedSignIn,
    problems: [
      'sign-in-not-offered',
      'sign-in-over',
      'sign-in-denied',
      'sign-in-not-allowed',
      'sign-in-failed',
      'sign-in-clock',
      'workspace-not-found',
      'conflict',
      'at-capacity',
    ],
  })
  @NeedsScope('nothing')
  @RateLimit(FINISHING_A_SIGN_IN)
  @UnkeptAnswer()
  @Post('complete')
  complete(@Body() input: CompleteSignIn): Promise<CompletedSignIn> {
    return this.signIn.complete(input);
  }

  /** Ends the key of somebody who signed in through the identity provider; one that a person made stays as it is. */
  @ApiRoute({ id: 'signOut', summary: 'Sign out', returns: null })
  @NeedsScope('any')
  @Delete()
  @HttpCode(204)
  signOut(): Promise<void> {
    return this.keys.endOwn();
  }
}
