# The developer's commands. Each script says at its top what it does and what it needs.
.PHONY: help notices rehearse test check e2e soak mutate build lint fmt outdated audit bench sentences goldens pictures policies dist dist-macos dist-manifests dist-repo verify-dist release test-dist test-windows test-keychains test-schedule clean

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 18

rehearse: ## show the main job on the practice cloud; without a display unattended, with pictures
	@sh build/scripts/rehearse.sh

test: ## every test: lint, unit, race, goldens, cross builds, end to end with real browsers and a real keychain
	@sh build/scripts/test.sh

check: ## the quick half of the tests: no GL, no browser
	@sh build/scripts/check.sh

soak: ## 1,000 kills and a million forgeries, at length; takes about half an hour
	@sh build/scripts/soak.sh

mutate: ## would the tests notice? 350 small wrong changes, one at a time; takes about half an hour
	@sh build/scripts/mutate.sh

e2e: ## only the end-to-end tests
	@sh build/scripts/test.sh e2e

build: ## both programs into bin/
	@sh build/scripts/build.sh

lint: ## formatting, vet and the linters
	@sh build/scripts/lint.sh

fmt: ## format the code
	@go tool -modfile=build/tools/go.mod golangci-lint fmt

outdated: ## the dependencies that are behind their newest version, deprecated, or old
	@sh build/scripts/outdated.sh

audit: ## known weaknesses, before a release; VULN_DB=module takes the database from the Go module proxy
	@sh build/scripts/audit.sh

bench: ## what the programs cost beside baselines, in pairs; ROWS="token start" and PAIRS=20 choose; takes about half an hour
	@sh build/scripts/bench.sh

pictures: ## draw docs/pictures anew: every page, without a display
	CGO_ENABLED=0 go run -tags ci ./gui/pictures docs/pictures

sentences: ## pack the translations for the programs, after a change of assets/translations
	CGO_ENABLED=0 go generate ./assets

notices: ## find the licenses of what is linked into the programs, after a change of dependencies; look at the difference
	@sh build/scripts/notices.sh

goldens: ## write the goldens anew; look at the difference before committing it
	CGO_ENABLED=0 go test -tags ci ./connector/view ./connector/record ./gui ./cli -update

policies: ## write the templates for administrators anew, after a change of connector/policy or of their texts
	CGO_ENABLED=0 go run -tags ci ./build/policies

dist: ## the packages into dist/, with SBOMs, provenance, manifests and sums: Windows and Linux, and pcc for macOS
	@sh build/scripts/dist.sh

dist-macos: ## on a Mac: the app bundle in a disk image, signed and notarized where build/packaging/README.md says how
	@sh build/scripts/dist-macos.sh

dist-manifests: ## the manifests for winget, Scoop and Homebrew anew, after the disk image has been put into dist/
	@sh build/scripts/dist-manifests.sh && sh build/scripts/dist-finish.sh

dist-repo: ## the packages of dist/ as repositories for APT and DNF, signed; build/packaging/README.md says how
	@sh build/scripts/dist-repo.sh

release: ## TAG=v1.0.0 to a folder that can be published: packages, sums, signatures, SBOMs, notes (build/packaging/README.md)
	@sh build/scripts/release.sh "$(TAG)"

verify-dist: ## build a package once more and compare it to the byte: FILE=dist/NAME, COMMIT=… where it does not say its own
	@COMMIT="$(COMMIT)" sh build/scripts/verify-dist.sh "$(FILE)"

test-dist: ## the packages: in a clean Debian (needs root), under wine, their sizes, and the same from two folders
	@sh build/scripts/test-dist.sh

test-windows: ## the code for Windows, under wine
	@sh build/scripts/test-windows.sh

test-keychains: ## the vault on the keychains of KDE and of KeePassXC
	@sh build/scripts/test-keychains.sh

test-schedule: ## the daily check with a user manager of systemd's own, which fires it (needs root)
	@sh build/scripts/test-schedule.sh

clean: ## remove what was built, but no release
	rm -rf bin pictures
	[ ! -d dist ] || find dist -mindepth 1 -maxdepth 1 ! -name release -exec rm -rf {} +
