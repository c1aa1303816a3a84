import { LOCAL_URLS, type ServiceName } from '@parley/client';

/** Where a service is, seen from the page's server: `<SERVICE>_URL`, read when asked. */
export function serviceUrl(service: ServiceName): string {
  return process.env[`${service.toUpperCase()}_URL`] || LOCAL_URLS[service];
}

export function isService(name: string): name is ServiceName {
  return Object.hasOwn(LOCAL_URLS, name);
}

/** Where a browser that asked for the page on `host` opens sockets: `NEXT_PUBLIC_API_URL`, else that host itself. */
export function publicIngestionUrl(host: string | null): string {
  // Read when asked: Next would put what it finds at build time in its place.
  const said = process.env['NEXT_PUBLIC_API_URL'];
  if (said) return said;
  const { hostname } = new URL(`http://${host ?? 'localhost'}`);
  return `http://${hostname}:${process.env['INGESTION_PUBLIC_PORT'] || '8001'}`;
}
