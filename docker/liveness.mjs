// `node liveness.mjs <url>`: the health check of a container, with nothing but Node.js itself.
const [url] = process.argv.slice(2);
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(4_000), redirect: 'manual' });
  process.exit(answer.status < 500 ? 0 : 1);
} catch {
  process.exit(1);
}
