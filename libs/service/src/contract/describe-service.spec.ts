import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Module,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import { Nullable } from '@parley/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
  ValidationTypes,
  getMetadataStorage,
} from 'class-validator';
import { PageQuery } from '../http/page.query';
import { API_ABOUT } from './api-about';
import { pageOf } from './api-page';
import { ApiRoute } from './api-route.decorator';
import { describeService } from './describe-service';
import { schemaOfRule } from './validation-rules';

class Petal {
  @IsString() colour: string;
}

class Flower {
  /** What gardeners call it. */
  @IsString() name: string;
  @Nullable() @IsInt() @Min(0) @Max(500) heightCm: number | null;
  @Nullable() @ValidateNested() @Type(() => Petal) best: Petal | null;
  @IsArray() @ArrayMaxSize(9) @ValidateNested({ each: true }) @Type(() => Petal) petals: Petal[];
}

class PlantFlower {
  @Length(1, 40) @Matches(/^[a-z]+$/) name: string;
  @IsOptional() @IsIn(['sun', 'shade']) place: 'sun' | 'shade' = 'sun';
  @IsOptional() @IsArray() @IsString({ each: true }) @Length(1, 9, { each: true }) notes?: string[];
}

class ListFlowers extends PageQuery {
  @IsOptional() @IsString() colour?: string;
}

@ApiTags('flowers')
@Controller('v1/flowers')
class FlowersController {
  /** Newest first. */
  @ApiRoute({ id: 'listFlowers', summary: 'List flowers', returns: pageOf(Flower) })
  @Get()
  list(@Query() _query: ListFlowers): object {
    return {};
  }

  @ApiRoute({
    id: 'plantFlower',
    summary: 'Plant a flower',
    returns: Flower,
    problems: ['conflict'],
    example: { name: 'rose' },
  })
  @Post()
  plant(@Body() _body: PlantFlower): object {
    return {};
  }

  @ApiRoute({ id: 'pickFlower', summary: 'Pick a flower', returns: null, problems: ['not-found'] })
  @Delete(':id')
  @HttpCode(204)
  pick(@Param('id') _id: string): void {
    // Nothing grows in a test.
  }
}

const about = { description: 'A garden.', tags: { flowers: 'What grows.' } };

@Module({
  controllers: [FlowersController],
  providers: [{ provide: API_ABOUT, useValue: about }],
})
class GardenModule {}

async function describeGarden(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(GardenModule, { preview: true, logger: false });
  return describeService(app, 'rag');
}

// Real: Nest and its swagger module; nothing listens.
describe('the document of a service', () => {
  let document: OpenAPIObject;

  beforeAll(async () => {
    document = await describeGarden();
  });

  it('describes an answer by the rules of its class, null and docstrings included', () => {
    expect(document.components?.schemas?.Flower).toEqual({
      type: 'object',
      required: ['name', 'heightCm', 'best', 'petals'],
      properties: {
        name: { type: 'string', description: 'What gardeners call it.' },
        heightCm: { type: ['integer', 'null'], minimum: 0, maximum: 500 },
        best: { anyOf: [{ $ref: '#/components/schemas/Petal' }, { type: 'null' }] },
        petals: { type: 'array', maxItems: 9, items: { $ref: '#/components/schemas/Petal' } },
      },
    });
  });

  it('describes a request with its limits and defaults, closed to unknown fields', () => {
    expect(document.components?.schemas?.PlantFlower).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 40, pattern: '^[a-z]+$' },
        place: { type: 'string', enum: ['sun', 'shade'], default: 'sun' },
        notes: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 9 } },
      },
    });
  });

  it('describes a query by its class, what the class inherits first', () => {
    const parameters = document.paths['/v1/flowers']?.get?.parameters as { name?: string }[];
    expect(parameters.map(({ name }) => name)).toEqual(['limit', 'cursor', 'colour', undefined]);
    expect(parameters[0]).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    });
  });

  it('takes the heading from the route and the text from the docstring', () => {
    expect(document.paths['/v1/flowers']?.get).toMatchObject({
      operationId: 'listFlowers',
      summary: 'List flowers',
      description: 'Newest first.',
      tags: ['flowers'],
    });
  });

  it('adds to every route what the platform answers, by what the route does', () => {
    const statuses = (operation?: { responses: object }): string[] =>
      Object.keys(operation?.responses ?? {});
    const always = ['400', '401', '403', '404', '429', '500', '503', '504'];
    expect(statuses(document.paths['/v1/flowers']?.get)).toEqual(['200', ...always].sort());
    expect(statuses(document.paths['/v1/flowers']?.post)).toEqual(
      ['201', '409', '413', '415', '422', ...always].sort(),
    );
    expect(statuses(document.paths['/v1/flowers/{id}']?.delete)).toEqual(
      ['204', '409', '413', '415', '422', ...always].sort(),
    );
  });

  it('names the types of problem of each status', () => {
    const { responses } = document.paths['/v1/flowers']?.post ?? {};
    expect(responses?.['409']).toEqual({
      $ref: '#/components/responses/ConflictOrIdempotencyInFlight',
    });
    expect(document.components?.responses?.ConflictOrIdempotencyInFlight).toMatchObject({
      content: {
        'application/problem+json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/Problem' },
              {
                properties: {
                  status: { const: 409 },
                  type: {
                    enum: [
                      'https://parley.dev/problems/conflict',
                      'https://parley.dev/problems/idempotency-in-flight',
                    ],
                  },
                },
              },
            ],
          },
        },
      },
    });
  });

  it('is the same when it is written again', async () => {
    expect(await describeGarden()).toEqual(document);
  });

  it('knows every rule that our classes use, and refuses to keep silent about another', () => {
    const storage = getMetadataStorage() as unknown as {
      validationMetadatas: Map<unknown, { type: string; name?: string; constraints: unknown[] }[]>;
    };
    const rules = [...storage.validationMetadatas.values()].flat();
    const own = rules.filter(({ type }) => type === ValidationTypes.CUSTOM_VALIDATION);
    expect(own.length).toBeGreaterThan(0);
    for (const { name, constraints } of own)
      expect(() => schemaOfRule(name, constraints)).not.toThrow();
    expect(() => schemaOfRule('isMoonPhase')).toThrow('isMoonPhase');
  });

  it('wants @ApiRoute above the method of the route', () => {
    expect(() => {
      class Upside {
        @Get()
        @ApiRoute({ id: 'x', summary: 'X', returns: null })
        get(): void {
          // Never asked.
        }
      }
      return Upside;
    }).toThrow('put @ApiRoute above');
  });
});
