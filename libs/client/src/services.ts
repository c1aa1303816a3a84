import type { Client } from 'openapi-fetch';
import type { paths as Agent } from './generated/agent';
import type { paths as Asr } from './generated/asr';
import type { paths as Ingestion } from './generated/ingestion';
import type { paths as Integrations } from './generated/integrations';
import type { paths as Nlu } from './generated/nlu';
import type { paths as Rag } from './generated/rag';

/** What each service answers, by path and method. */
export interface ServicePaths {
  ingestion: Ingestion;
  asr: Asr;
  nlu: Nlu;
  rag: Rag;
  agent: Agent;
  integrations: Integrations;
}

export type ServiceName = keyof ServicePaths;
export type ServiceUrls = Record<ServiceName, string>;
export type ServiceClients = { [Name in ServiceName]: Client<ServicePaths[Name]> };

/** Where the services of `npm start` are, seen from its own machine. */
export const LOCAL_URLS: ServiceUrls = {
  ingestion: 'http://localhost:8001',
  asr: 'http://localhost:8002',
  nlu: 'http://localhost:8003',
  rag: 'http://localhost:8004',
  agent: 'http://localhost:8005',
  integrations: 'http://localhost:8006',
};
