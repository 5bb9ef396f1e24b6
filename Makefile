# make demo   clean the sample exports of inputs/ and say where the results are
# make test   all tests
# make lint   format and style
# make worker build what executors of a Spark cluster run: one file without shared libraries
# make bench  measure against public peers, in a few minutes; make bench-full takes all sizes and tunings
SHELL := /bin/bash
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600
PACKAGES := libxml2-dev libxlsxwriter-dev zlib1g-dev libsqlite3-dev pkg-config
QINGKU := .build/release/qingku
DEMO := .build/demo

.PHONY: deps bench-deps build worker demo test lint format checks-table bench bench-full clean

# Installs what is missing and nothing else: a machine that has it all needs neither network nor root.
deps:
	@missing=$$(for p in $(PACKAGES); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  echo "Installing $$missing"; \
	  $(APT) update && { $(APT) install --no-install-recommends $$missing || \
	    { $(APT) --fix-broken install && $(APT) install --no-install-recommends $$missing; }; }; \
	fi

build: deps
	swift build -c release --product qingku

# In a folder of its own: the modules are compiled otherwise than those of the tool.
worker:
	swift build -c release --product qingku-worker --scratch-path .build/worker -Xswiftc -static-executable
	strip -o .build/qingku-worker .build/worker/release/qingku-worker
	@ls -l .build/qingku-worker

demo: build
	@rm -rf $(DEMO)
	@$(QINGKU) clean rules/registry.yaml --workspace $(DEMO) --out $(DEMO)/result; status=$$?; \
	if [ $$status -gt 1 ]; then exit $$status; fi
	@$(QINGKU) evaluate --truth inputs/truth/truth.csv --workspace $(DEMO)
	@echo
	@echo "The report:          $(DEMO)/result/report.html"
	@echo "The clean data set:  $(DEMO)/result/master.csv"

test: deps
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build
	Tests/Browser/run.sh
	$(MAKE) worker
	Tests/Cluster/run.sh

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources/kernels

format:
	swift format --in-place --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources/kernels

# Writes the table of checks in README from the list in Sources/Validation/Check+All.swift; a test holds one against the other.
checks-table: build
	@{ sed '/<!-- checks -->/q' README.md; $(QINGKU) rules checks --markdown; \
	sed '1,/<!-- checks -->/d' README.md | sed -n '/<!-- checks -->/,$$p'; } > .build/README.md
	@cp .build/README.md README.md

bench-deps:
	@missing=; python3 -c 'import ensurepip, venv' 2>/dev/null || missing=python3-venv; \
	command -v valgrind >/dev/null || missing="$$missing valgrind"; \
	if [ -n "$$missing" ]; then \
	  echo "Installing $$missing"; \
	  $(APT) update && $(APT) install --no-install-recommends $$missing; \
	fi

bench: bench-deps build
	python3 Benchmarks/kernels.py --quick --check
	Benchmarks/instructions.sh
	python3 Benchmarks/jobs/run.py --quick --check
	python3 Benchmarks/jobs/checks.py --quick --check

bench-full: bench-deps build
	python3 Benchmarks/kernels.py --check
	Benchmarks/instructions.sh
	python3 Benchmarks/jobs/run.py --check
	python3 Benchmarks/jobs/checks.py --check
	python3 Benchmarks/jobs/run.py --rows 10000 100000 --lanes match clean --splink documented every-field
	python3 Benchmarks/jobs/run.py --scaling --check

clean:
	rm -rf .build Benchmarks/.build Benchmarks/.data Benchmarks/.venv
