import { ParleyProblem } from './parley-problem';

/** What a call through openapi-fetch resolves to. */
export type Result<Data> =
  | { data: Data; error?: never; response: Response }
  | { data?: never; error: unknown; response: Response };

/**
 * The data of a call, or the problem thrown.
 * @throws ParleyProblem for every answer that is not a success; what `fetch` throws when there is none.
 * @example const meeting = await unwrap(parley.ingestion.GET('/v1/meetings/{id}', { params: { path: { id } } }));
 */
export async function unwrap<Data>(pending: Promise<Result<Data>>): Promise<Data> {
  const { data, error, response } = await pending;
  if (!response.ok) throw ParleyProblem.of(response, error);
  return data as Data;
}
