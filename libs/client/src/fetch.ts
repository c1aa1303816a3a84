/** `fetch`, or what stands in for it. */
export type Fetch = (request: Request) => Promise<Response>;
