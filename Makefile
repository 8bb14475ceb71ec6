# Go 1.26 and Node 20 are all that `make demo` needs.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)

# The same sources give the same bytes, wherever they lie. gin is told to leave a
# format out that nothing of ours speaks: 6 MB, and a millisecond of every start.
GO_BUILD = CGO_ENABLED=0 go build -tags nomsgpack -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'

# Packages in which goroutines share something; the race detector runs there.
# internal/app starts none of its own, and would take four minutes of the run:
# RACE_PKGS=./internal/app/... watches it when its locks change.
RACE_PKGS ?= ./internal/store/... ./internal/server/... ./internal/exchange

DEMO_DIR  = demo-data
PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64

TOOLS    = bin/tools
PINS     = tools/go.mod tools/go.sum
PACKAGES = node_modules/.installed
ASSETS   = web/dist/manifest.json
OPENAPI  = internal/api/testdata/openapi.json
CLIENT   = tools/contract/client/client.go

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List what can be asked for
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: demo
demo: build ## Build everything and serve synthetic data on 127.0.0.1:8080 (CAIRN_ADDR to change)
	bin/cairn demo --dir $(DEMO_DIR)

.PHONY: build
build: $(ASSETS) ## Build the one binary, bin/cairn
	$(GO_BUILD) -o bin/cairn ./cmd/cairn

.PHONY: assets
assets: $(ASSETS) ## Fetch the front-end packages and bundle them into web/dist

.PHONY: test
test: ## Run everything that guards the product and close with one count
	@MAKE='$(MAKE)' RACE_PKGS='$(RACE_PKGS)' scripts/test.sh

.PHONY: proof
proof: ## Run what takes hours: random histories, mutation, fuzzing, everything against R
	@MAKE='$(MAKE)' scripts/proof.sh

.PHONY: bench
bench: build ## Measure the product against its peers and write docs/performance.md (BENCH_ROWS=100000: a small form)
	@scripts/bench.sh

.PHONY: lint
lint: $(TOOLS)/golangci-lint $(PACKAGES) ## Check format, go vet and the linters of .golangci.yml
	CGO_ENABLED=0 go vet ./...
	CGO_ENABLED=0 $(TOOLS)/golangci-lint run ./...
	go -C tools vet ./...
	cd tools && CGO_ENABLED=0 ../$(TOOLS)/golangci-lint run ./...
	node scripts/openapi.mjs $(OPENAPI)

.PHONY: client
client: $(CLIENT) ## Generate a Go client from the API's description, for tools/contract

.PHONY: dist
dist: $(ASSETS) ## Build dist/ for Linux, macOS and Windows, with checksums
	rm -rf dist && mkdir dist
	for platform in $(PLATFORMS); do \
	  os=$${platform%/*} arch=$${platform#*/}; \
	  case $$os in windows) suffix=.exe ;; *) suffix= ;; esac; \
	  echo "dist/cairn_$${os}_$$arch$$suffix"; \
	  GOOS=$$os GOARCH=$$arch $(GO_BUILD) -o "dist/cairn_$${os}_$$arch$$suffix" ./cmd/cairn || exit 1; \
	done
	cd dist && { sha256sum cairn_* 2>/dev/null || shasum -a 256 cairn_*; } >SHA256SUMS

.PHONY: clean
clean: ## Remove what was built, fetched or written by the demo
	rm -rf bin dist node_modules test-output proof-output bench-output $(DEMO_DIR)
	rm -rf $(dir $(CLIENT)) tools/fhir/node_modules
	find web/dist -mindepth 1 ! -name .gitkeep -delete

# Files behind the words above, so that a second run has nothing to do.

$(PACKAGES): package.json package-lock.json .npmrc
	npm ci
	@touch $@

tools/fhir/node_modules/.installed: tools/fhir/package.json tools/fhir/package-lock.json tools/fhir/.npmrc
	cd tools/fhir && npm ci
	@touch $@

$(ASSETS): $(PACKAGES) $(TOOLS)/bundle $(wildcard web/static/*)
	$(TOOLS)/bundle

$(TOOLS)/bundle: $(PINS) $(wildcard tools/bundle/*.go)
	CGO_ENABLED=0 go -C tools build -o ../$@ ./bundle

$(TOOLS)/golangci-lint: $(PINS)
	CGO_ENABLED=0 go -C tools build -o ../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

$(TOOLS)/gotestsum: $(PINS)
	CGO_ENABLED=0 go -C tools build -o ../$@ gotest.tools/gotestsum

$(TOOLS)/oapi-codegen: tools/contract/go.mod tools/contract/go.sum
	CGO_ENABLED=0 go -C tools/contract build -o ../../$@ github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen

$(CLIENT): $(OPENAPI) $(TOOLS)/oapi-codegen
	@mkdir -p $(dir $@)
	$(TOOLS)/oapi-codegen -generate types,client -package client -o $@ $(OPENAPI)
