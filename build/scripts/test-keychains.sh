#!/bin/sh
# The vault's tests on the keychains that `make test` does not meet: KDE's Secret Service (kwalletd5) and that of KeePassXC, on a
# display of its own. Those on the Credential Manager of Windows are in test-windows.sh. As root it goes on as a throw-away user.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh
need libkf5wallet-bin keepassxc xvfb dbus gnome-keyring procps
become_user build/scripts/test-keychains.sh
export CGO_ENABLED=0
say "KDE's Secret Service:"
limited 900 go test -tags "e2e keychains" -count=1 -timeout 14m -run TestKWallet ./connector/vault
say "KeePassXC's Secret Service:"
limited 600 go test -tags "e2e keychains" -count=1 -timeout 9m -run TestKeePassXC ./connector/vault
say "The other keychains keep credentials too."
