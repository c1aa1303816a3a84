import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SecretAnswer } from '@parley/idempotency';
import {
  ApiRoute,
  NeedsScope,
  pageOf,
  PageQuery,
  RateLimit,
  type Page,
  type RateLimitPolicy,
} from '@parley/service';
import {
  CreateSubscription,
  Subscription,
  SubscriptionDelivery,
  SubscriptionTest,
  SubscriptionWithSecret,
  UpdateSubscription,
} from './subscription.dto';
import { SubscriptionsService } from './subscriptions.service';

/** Each is a call to the outside. */
const TESTS: RateLimitPolicy = { name: 'subscription-tests', perMinute: 30 };

@ApiTags('subscriptions')
@NeedsScope('admin')
@Controller('v1/subscriptions')
export class SubscriptionsController {
  constructor(@Inject(SubscriptionsService) private readonly subscriptions: SubscriptionsService) {}

  /**
   * From now on every entry of these kinds, on every timeline of the workspace, is posted to the address. The secret is
   * told once: a repeat under the same `Idempotency-Key` answers the id alone.
   */
  @ApiRoute({
    id: 'createSubscription',
    summary: 'Have events posted to an address',
    returns: SubscriptionWithSecret,
    problems: ['conflict', 'destination-refused'],
    example: { url: 'https://example.com/parley', kinds: ['summary', 'suggestion'] },
  })
  @SecretAnswer()
  @Post()
  create(@Body() input: CreateSubscription): Promise<SubscriptionWithSecret> {
    return this.subscriptions.create(input);
  }

  /** Oldest first. */
  @ApiRoute({
    id: 'listSubscriptions',
    summary: 'List subscriptions',
    returns: pageOf(Subscription),
  })
  @Get()
  list(@Query() page: PageQuery): Promise<Page<Subscription>> {
    return this.subscriptions.list(page);
  }

  @ApiRoute({
    id: 'getSubscription',
    summary: 'Get a subscription',
    returns: Subscription,
    problems: ['subscription-not-found'],
  })
  @Get(':id')
  get(@Param('id') id: string): Promise<Subscription> {
    return this.subscriptions.get(id);
  }

  /** What is not named stays. Once resumed, what waited is posted at once. */
  @ApiRoute({
    id: 'updateSubscription',
    summary: 'Change, pause or resume a subscription',
    returns: Subscription,
    problems: ['subscription-not-found', 'destination-refused'],
  })
  @Patch(':id')
  update(@Param('id') id: string, @Body() input: UpdateSubscription): Promise<Subscription> {
    return this.subscriptions.update(id, input);
  }

  /** What waits for it is not posted any more. */
  @ApiRoute({
    id: 'deleteSubscription',
    summary: 'Remove a subscription',
    returns: null,
    problems: ['subscription-not-found'],
  })
  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id') id: string): Promise<void> {
    return this.subscriptions.delete(id);
  }

  /** The new one is told once. For a day both sign, so that the receiver may change over at any moment. */
  @ApiRoute({
    id: 'rotateSubscriptionSecret',
    summary: 'Replace the secret of a subscription',
    returns: SubscriptionWithSecret,
    problems: ['subscription-not-found', 'conflict'],
  })
  @SecretAnswer()
  @Post(':id/rotate-secret')
  @HttpCode(200)
  rotateSecret(@Param('id') id: string): Promise<SubscriptionWithSecret> {
    return this.subscriptions.rotateSecret(id);
  }

  /** Posts `{ "type": "test" }` now, once, also while the subscription is paused. */
  @ApiRoute({
    id: 'testSubscription',
    summary: 'Post a test event',
    returns: SubscriptionTest,
    problems: ['subscription-not-found'],
  })
  @RateLimit(TESTS)
  @Post(':id/test')
  @HttpCode(200)
  test(@Param('id') id: string): Promise<SubscriptionTest> {
    return this.subscriptions.test(id);
  }

  /** What was posted, waits or was given up, newest first; kept for SUBSCRIPTION_KEEP_DAYS. */
  @ApiRoute({
    id: 'listSubscriptionDeliveries',
    summary: 'See what became of the events',
    returns: pageOf(SubscriptionDelivery),
    problems: ['subscription-not-found'],
  })
  @Get(':id/deliveries')
  deliveries(
    @Param('id') id: string,
    @Query() page: PageQuery,
  ): Promise<Page<SubscriptionDelivery>> {
    return this.subscriptions.deliveries(id, page);
  }
}
