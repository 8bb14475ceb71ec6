# An image with the binary, certificates and time zones: no shell, no package
# manager, and a user that owns nothing but /data and /tmp.
#
#   docker build --build-arg VERSION="$(git describe --tags --always)" --tag cairn .

FROM node:20-bookworm-slim AS packages
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM golang:1.26-bookworm AS build
ARG VERSION=unversioned
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=packages /src/node_modules node_modules
# The stamp tells make that the packages are there, for there is no npm here.
RUN touch node_modules/.installed && make build VERSION="$VERSION"
RUN mkdir -p /root-of-image/data /root-of-image/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
COPY --from=build --chown=65532:65532 /root-of-image/ /
COPY --from=build /src/bin/cairn /cairn
ENV CAIRN_ADDR=0.0.0.0:8080 \
    CAIRN_DATABASE_URL=sqlite:/data/cairn.db \
    HOME=/data \
    ZONEINFO=/zoneinfo.zip
USER 65532:65532
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["/cairn", "healthcheck"]
ENTRYPOINT ["/cairn"]
CMD ["serve"]
