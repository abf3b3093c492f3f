#!/bin/sh
# The vault's tests on the keychain that `make test` does not meet: KDE's Secret Service (kwalletd5). Those on the Credential Manager of
# Windows are in test-windows.sh. As root it goes on as a throw-away user.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
need libkf5wallet-bin dbus gnome-keyring procps
become_user build/scripts/test-keychains.sh
export CGO_ENABLED=0
say "KDE's Secret Service:"
limited 900 go test -tags "e2e keychains" -count=1 -timeout 14m -run TestKWallet ./connector/vault
say "The other keychain keeps credentials too."
