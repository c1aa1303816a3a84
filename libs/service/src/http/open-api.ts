import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { ServiceName } from '@parley/config';
import { describeService } from '../contract/describe-service';

/** `/docs` (Swagger explorer) and `/openapi.json`, written when somebody first asks. */
export function serveOpenApi(app: NestExpressApplication, name: ServiceName): void {
  SwaggerModule.setup('docs', app, () => describeService(app, name), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: `Parley ${name}`,
    customCss: '.swagger-ui .topbar { display: none }',
    swaggerOptions: {
      deepLinking: true,
      persistAuthorization: true,
      displayRequestDuration: true,
      docExpansion: 'list',
      filter: true,
      tryItOutEnabled: true,
      defaultModelsExpandDepth: 0,
    },
  });
}
