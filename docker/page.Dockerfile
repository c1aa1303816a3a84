# syntax=docker/dockerfile:1.7
# The page, a standalone build of Next.js: docker build -f docker/page.Dockerfile -t parley/page:0.1.0 .
ARG NODE_IMAGE=node:24.9.0-trixie-slim

FROM ${NODE_IMAGE} AS built
WORKDIR /parley
COPY package.json ./
COPY libs/client libs/client
COPY apps/standalone/sample apps/standalone/sample
WORKDIR /parley/apps/ui
COPY apps/ui/package.json apps/ui/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY apps/ui .
# The client of libs finds its packages where the page has them.
RUN ln -s /parley/apps/ui/node_modules /parley/node_modules
ENV NEXT_TELEMETRY_DISABLED=1
RUN npm run build
# What the browser's scripts are made of is in no folder of packages any more: npm knows it from the lockfile.
RUN npm sbom --sbom-format=cyclonedx --omit=dev > .next/standalone/sbom.cdx.json
# Next leaves out what a content delivery network would serve; here nobody else does.
RUN cp -R .next/static .next/standalone/apps/ui/.next/static && cp -R public .next/standalone/apps/ui/public

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
COPY --from=built /parley/apps/ui/.next/standalone /parley
USER node
CMD ["node", "apps/ui/server.js"]
