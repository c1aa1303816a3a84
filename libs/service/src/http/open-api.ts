import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** `/docs` (Swagger explorer) and `/openapi.json`. */
export function serveOpenApi(app: NestExpressApplication, name: string): void {
  const config = new DocumentBuilder().setTitle(`Parley ${name}`).setVersion('1').build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'openapi.json',
  });
}
