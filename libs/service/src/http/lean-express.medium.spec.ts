import { Controller, Get, Header, HttpCode, StreamableFile } from '@nestjs/common';
import { startTinyService, type TinyService } from '../testing/tiny-service';

@Controller('v1/answers')
class AnswersController {
  @Get('object')
  object(): object {
    return { word: 'Grüße', missing: undefined, list: [1, null] };
  }

  @Get('list')
  list(): object {
    return [];
  }

  @Get('own-type')
  @Header('Content-Type', 'application/geo+json')
  ownType(): object {
    return { type: 'Point' };
  }

  @Get('nothing')
  @HttpCode(204)
  nothing(): object {
    return { unseen: true };
  }

  @Get('text')
  text(): string {
    return 'plain';
  }

  @Get('file')
  file(): StreamableFile {
    return new StreamableFile(Buffer.from('bytes'));
  }
}

// Real: Nest, Express, HTTP.
describe('a request', () => {
  it('is of the shape that Express wants before Express sees it, and so is its response', async () => {
    const service = await startTinyService([AnswersController]);
    const express = service.app.getHttpAdapter().getInstance();
    const seen = new Promise<unknown[]>((resolve) => {
      service.app.getHttpServer().prependOnceListener('request', (...messages: object[]) => {
        resolve(messages.map((message) => Reflect.getPrototypeOf(message)));
      });
    });
    await (await fetch(`${service.url}/v1/answers/list`)).text();
    const [request, response] = await seen;
    expect(request).toBe(express.request);
    expect(response).toBe(express.response);
    await service.stop();
  });
});

// Real: Nest, Express, HTTP.
describe('what a handler returns', () => {
  let service: TinyService;

  beforeAll(async () => {
    service = await startTinyService([AnswersController]);
  });
  afterAll(() => service.stop());

  const answer = async (name: string, method = 'GET') => {
    const response = await fetch(`${service.url}/v1/answers/${name}`, { method });
    const { status, headers } = response;
    return {
      status,
      type: headers.get('content-type'),
      length: headers.get('content-length'),
      body: await response.text(),
    };
  };
  const JSON_TYPE = 'application/json; charset=utf-8';

  it('is JSON with its length in bytes, when it is an object or a list', async () => {
    const body = '{"word":"Grüße","list":[1,null]}';
    const length = String(Buffer.byteLength(body));
    expect(await answer('object')).toEqual({ status: 200, type: JSON_TYPE, length, body });
    expect(await answer('list')).toEqual({ status: 200, type: JSON_TYPE, length: '2', body: '[]' });
  });

  it('is told by its length alone to HEAD', async () => {
    expect(await answer('list', 'HEAD')).toEqual({
      status: 200,
      type: JSON_TYPE,
      length: '2',
      body: '',
    });
  });

  it('keeps a type that the handler gave it', async () => {
    expect(await answer('own-type')).toMatchObject({
      type: expect.stringMatching(/^application\/geo\+json/) as string,
      body: '{"type":"Point"}',
    });
  });

  it('is left out where the status has no body', async () => {
    expect(await answer('nothing')).toEqual({ status: 204, type: null, length: null, body: '' });
  });

  it('goes as it is when it is text or a file', async () => {
    expect(await answer('text')).toMatchObject({ body: 'plain', length: '5' });
    expect(await answer('file')).toMatchObject({ body: 'bytes', type: 'application/octet-stream' });
  });
});
