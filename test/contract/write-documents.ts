import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import { describeService } from '@parley/service';
import { serviceModules } from '../../apps/standalone/src/launch/service-modules';

export type Documents = Record<ServiceName, OpenAPIObject>;

/** Writes the documents of all services from the code; nothing is connected, loaded or listened on. */
export async function writeDocuments(): Promise<Documents> {
  const entries = await Promise.all(
    SERVICE_NAMES.map(async (name) => {
      const app = await NestFactory.create(serviceModules[name], {
        preview: true,
        logger: false,
        abortOnError: false,
      });
      return [name, describeService(app, name)] as const;
    }),
  );
  return Object.fromEntries(entries) as Documents;
}
