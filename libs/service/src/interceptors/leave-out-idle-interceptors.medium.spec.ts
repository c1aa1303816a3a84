import { Controller, Post } from '@nestjs/common';
import { IdempotencyInterceptor } from '@parley/idempotency';
import { startTinyService, type TinyService } from '../testing/tiny-service';
import { leaveOutIdleInterceptors } from './leave-out-idle-interceptors';

@Controller('v1/things')
class ThingsController {
  @Post()
  create(): object {
    return { made: true };
  }
}

// Real: HTTP, Nest's router. A spy on the interceptor tells whether Nest's pipeline was entered.
describe('the interceptor pipeline', () => {
  let service: TinyService;
  beforeEach(async () => {
    service = await startTinyService([ThingsController]);
  });
  afterEach(async () => {
    await service.stop();
  });

  it('is entered only by requests that an interceptor has something to do for', async () => {
    const intercept = jest.spyOn(IdempotencyInterceptor.prototype, 'intercept');
    const send = async (headers: Record<string, string>): Promise<unknown> =>
      (await fetch(`${service.url}/v1/things`, { method: 'POST', headers })).json();
    expect(await send({})).toEqual({ made: true });
    expect(intercept).not.toHaveBeenCalled();
    expect(await send({ 'idempotency-key': 'k' })).toEqual({ made: true });
    expect(intercept).toHaveBeenCalledTimes(1);
  });

  it('is found where this version of Nest keeps it, and left alone where it is not', () => {
    expect(leaveOutIdleInterceptors(service.app)).toBe(true);
    expect(leaveOutIdleInterceptors({} as never)).toBe(false);
  });
});
