# syntax=docker/dockerfile:1.7
# One image per service: docker build -f docker/service.Dockerfile --build-arg APP=agent -t parley/agent:0.1.0 .
# The stages are those that test/deployment rehearses without an engine.
ARG NODE_IMAGE=node:24.9.0-trixie-slim

# The same for every service: packages, weights and the build are made once and shared.
FROM ${NODE_IMAGE} AS packages
WORKDIR /parley
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund

FROM packages AS weights
COPY apps/standalone/bin apps/standalone/bin
COPY libs/ai/models libs/ai/models
RUN --mount=type=cache,target=/root/.npm node apps/standalone/bin/fetch-models.mjs /models \
  && chmod -R a+rX /models

FROM packages AS built
COPY . .
RUN npm run --silent build

FROM built AS tree
ARG APP
RUN test -n "$APP" && node docker/production-tree.mjs "$APP" /tree

FROM ${NODE_IMAGE}
ARG APP
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="parley-${APP}" \
  org.opencontainers.image.description="Parley, self-hosted copilot for live meetings: ${APP}" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="Apache-2.0"
# npm and its caches are no part of what runs.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg \
  && install -d -o node -g node /data
WORKDIR /parley
# Without the last, each thread of an engine has heaps of its own, which are seldom given back.
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data MODELS_DIR=/models MALLOC_ARENA_MAX=2
# Before the service's own files: this layer is the same in all images, and kept once.
COPY --from=weights /models /models
COPY docker/liveness.mjs /parley/liveness.mjs
COPY --from=tree /tree /parley
# Root owns the files and `node` runs them: what is run cannot be changed by it.
USER node
CMD ["node", "main.js"]
