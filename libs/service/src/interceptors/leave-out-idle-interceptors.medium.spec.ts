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

  it('is left out, and a request with a key is looked at all the same', async () => {
    const intercept = jest.spyOn(IdempotencyInterceptor.prototype, 'intercept');
    const around = jest.spyOn(IdempotencyInterceptor.prototype, 'around');
    const send = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${service.url}/v1/things`, { method: 'POST', headers });
    expect(await (await send({})).json()).toEqual({ made: true });
    expect(around).not.toHaveBeenCalled();
    const keyed = { 'idempotency-key': 'k' };
    expect(await (await send(keyed)).json()).toEqual({ made: true });
    expect((await send(keyed)).headers.get('idempotent-replayed')).toBe('true');
    expect(around).toHaveBeenCalledTimes(2);
    expect(intercept).not.toHaveBeenCalled();
  });

  it('is found where this version of Nest keeps it, and left alone where it is not', () => {
    expect(leaveOutIdleInterceptors(service.app)).toBe(true);
    expect(leaveOutIdleInterceptors({} as never)).toBe(false);
  });
});
