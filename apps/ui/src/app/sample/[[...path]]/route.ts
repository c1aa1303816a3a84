import { readSample, readSampleFile } from '@/server/sample';

interface Context {
  params: Promise<{ path?: string[] }>;
}

/** The sample meeting and its files: they are in the repository, so anybody may have them. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { path } = await params;
  if (!path) {
    const sample = await readSample();
    return sample ? Response.json(sample) : new Response(null, { status: 404 });
  }
  const bytes = await readSampleFile(path);
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(bytes, {
    headers: {
      'content-type': path[0]?.endsWith('.ogg') ? 'audio/ogg' : 'application/octet-stream',
      'cache-control': 'private, max-age=3600',
    },
  });
}
