#!/bin/sh
# Makes the zip of the templates for administrators: for Group Policy, Intune, macOS and /etc. Called by dist.sh.
. "$(dirname "$0")/dist-common.sh"
without_habits
folder="$WORK/$NAME-$VERSION-policies"
rm -rf "$folder"
mkdir -p "$folder"
cp -R build/packaging/policies/*.admx build/packaging/policies/en-US build/packaging/policies/de-DE build/packaging/policies/*.mobileconfig \
	build/packaging/policies/policy.example.toml build/packaging/policies/intune.txt LICENSE "$folder/"
zipped "$folder" "$DIST/$NAME-$VERSION-policies.zip"
