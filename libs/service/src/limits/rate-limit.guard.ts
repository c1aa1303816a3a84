import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { Reflector } from '@nestjs/core';
import {
  getOptionsToken,
  ThrottlerGuard,
  ThrottlerStorage,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import { SETTINGS, type ServiceSettings } from '@parley/config';
import { requestContext } from '@parley/observability';
import type { Request, Response } from 'express';
import type { RateLimitPolicy } from './policies';
import { policyItem, remainingItem, setRateLimitHeaders } from './rate-limit-headers';
import { RATE_LIMIT_POLICY } from './rate-limit.decorator';
import { RateLimiter, tooManyRequests, verdictOf } from './rate-limiter';
import { isServiceCall } from './service-caller';

/** What an operator's own tools ask all the time; `/docs` and `/openapi.json` are no routes of Nest's. */
const OPERATIONS = new Set(['health', 'livez', 'readyz', 'metrics']);

/** Where `@SkipThrottle()` and `@Throttle({ default })` leave what they declare. */
const SKIP_GENERAL = 'THROTTLER:SKIPdefault';
const LIMIT_GENERAL = 'THROTTLER:LIMITdefault';

interface RouteRules {
  policies: readonly RateLimitPolicy[];
  /** `RateLimit-Policy`, ready made. */
  header: string;
}

type Route = ReturnType<ExecutionContext['getHandler']>;

/**
 * Counts each request under RATE_LIMIT_PER_MINUTE and under its route's `@RateLimit`, by caller.
 *
 * It takes over `@nestjs/throttler`'s decorators and storage port but decides by itself: what a route declares is
 * read once, not per request.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  private readonly byRoute = new WeakMap<Route, RouteRules | null>();
  private readonly general: RateLimitPolicy;
  private readonly services: RouteRules;

  constructor(
    @Inject(getOptionsToken()) options: ThrottlerModuleOptions,
    @Inject(ThrottlerStorage) storage: ThrottlerStorage,
    @Inject(Reflector) reflector: Reflector,
    @Inject(SETTINGS) settings: ServiceSettings,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
  ) {
    super(options, storage, reflector);
    this.general = { name: 'default', perMinute: settings.RATE_LIMIT_PER_MINUTE };
    this.services = rulesOf([
      { name: 'services', perMinute: settings.RATE_LIMIT_SERVICES_PER_MINUTE },
    ]);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!this.limiter.enabled) return true;
    const declared = this.declared(context);
    if (!declared) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const { caller } = requestContext();
    const rules = isServiceCall(caller, request.headers) ? this.services : declared;
    let remaining = '';
    for (const policy of rules.policies) {
      // One after the other: what the general limit refuses does not count against the route's.
      const verdict = verdictOf(policy, await this.limiter.hit(policy, caller.id));
      const item = remainingItem(policy, verdict);
      if (!verdict.allowed) {
        setRateLimitHeaders(response, policyItem(policy), item);
        throw tooManyRequests(policy, verdict);
      }
      remaining = remaining === '' ? item : `${remaining}, ${item}`;
    }
    setRateLimitHeaders(response, rules.header, remaining);
    return true;
  }

  protected override getTracker(): Promise<string> {
    return Promise.resolve(requestContext().caller.id);
  }

  protected override generateKey(_context: ExecutionContext, caller: string, name: string): string {
    return `${name}:${caller}`;
  }

  /** What counts for this route; null when nothing does. */
  private declared(context: ExecutionContext): RouteRules | null {
    const handler = context.getHandler();
    const known = this.byRoute.get(handler);
    if (known !== undefined) return known;
    const rules = this.read(context);
    this.byRoute.set(handler, rules);
    return rules;
  }

  private read(context: ExecutionContext): RouteRules | null {
    const targets = [context.getHandler(), context.getClass()];
    const read = (key: string): unknown => this.reflector.getAllAndOverride(key, targets);
    if (context.getType() !== 'http' || read(SKIP_GENERAL) || isOperations(targets)) return null;
    const limit = read(LIMIT_GENERAL);
    const general =
      typeof limit === 'number' ? { ...this.general, perMinute: limit } : this.general;
    const own = read(RATE_LIMIT_POLICY) as RateLimitPolicy | undefined;
    return rulesOf(own ? [general, own] : [general]);
  }
}

function isOperations([handler, controller]: object[]): boolean {
  const [base, own] = [controller, handler].map((target = {}) => {
    const path: unknown = Reflect.getMetadata(PATH_METADATA, target);
    return typeof path === 'string' ? path.replaceAll('/', '') : '';
  });
  return OPERATIONS.has(`${base ?? ''}${own ?? ''}`);
}

function rulesOf(policies: readonly RateLimitPolicy[]): RouteRules {
  return { policies, header: policies.map(policyItem).join(', ') };
}
