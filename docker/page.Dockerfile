# syntax=docker/dockerfile:1.7
# The page, a standalone build of Next.js: docker build -f docker/page.Dockerfile -t parley/page:0.1.0 .
ARG NODE_IMAGE=node:24.9.0-trixie-slim

FROM ${NODE_IMAGE} AS built
WORKDIR /parley
COPY package.json ./
COPY libs/client libs/client
WORKDIR /parley/apps/ui
COPY apps/ui/package.json apps/ui/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY apps/ui .
# Stands in the pages that browsers load, so it is decided here: where they find ingestion.
ARG NEXT_PUBLIC_API_URL=http://localhost:8001
ENV NEXT_PUBLIC_API_URL=${NEXT_PUBLIC_API_URL} NEXT_TELEMETRY_DISABLED=1
RUN npm run build
# With a folder above it that holds a lock file, Next nests the server: lay it out the same either way.
RUN mkdir -p /tree && server=$(find .next/standalone -name server.js -not -path '*/node_modules/*' | head -n 1) \
  && cp -R "$(dirname "$server")/." /tree/ && mkdir -p /tree/.next \
  && if [ ! -d /tree/node_modules ]; then cp -R .next/standalone/node_modules /tree/node_modules; fi \
  && cp -R .next/static /tree/.next/static && if [ -d public ]; then cp -R public /tree/public; fi

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="parley-page" \
  org.opencontainers.image.description="Parley, self-hosted copilot for live meetings: the page" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="Apache-2.0"
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg
WORKDIR /parley
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000 NEXT_TELEMETRY_DISABLED=1
COPY docker/liveness.mjs /parley/liveness.mjs
COPY --from=built /tree /parley
USER node
CMD ["node", "server.js"]
