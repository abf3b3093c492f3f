package registration

// bashScript runs in a shell of its own, so that pasted into a terminal it ends nothing but itself. `az ad app create` is not used: it changes
// an app registration that has the name already, and fails for a name with an apostrophe.
// https://learn.microsoft.com/cli/azure/ad/app, https://learn.microsoft.com/cli/azure/ad/sp, https://learn.microsoft.com/cli/azure/reference-index#az-rest
const bashScript = `#!/usr/bin/env bash
«about»
(
set -euo pipefail
tenant=«tenant»
name=«name»
graph=«graph»
partner_center=«partner-center»
registration=$(cat <<'JSON'
«json»
JSON
)

say() { printf '%s\n' "$*" >&2; }

ask() { az "$@" --output tsv | tr -d '\r'; }

add_principal() {
  local found try
  found=$(ask ad sp list --filter "appId eq '$1'" --query '[].appId') || return 1
  if [ -n "$found" ]; then
    say «say:principal-there» "$2"
    return 0
  fi
  for try in $(seq "$3"); do
    [ "$try" = 1 ] || sleep 5
    if az ad sp create --id "$1" --output none; then
      say «say:principal-made» "$2"
      return 0
    fi
  done
  say «say:principal-failed» "$2"
  return 1
}

if ! command -v az >/dev/null; then
  say «say:no-az»
  exit 1
fi
signed_in=$(ask account show --query tenantId)
if [ -n "$tenant" ] && [ "$signed_in" != "$tenant" ]; then
  say «say:wrong-tenant» "$signed_in"
  say «say:sign-in» "az login --tenant $tenant --allow-no-subscriptions"
  exit 1
fi
say «say:in-tenant» "$signed_in"

quote="'"
id=$(ask ad app list --filter "displayName eq '${name//$quote/$quote$quote}'" --query '[].appId')
case "$id" in
*$'\n'*)
  say «say:several» "$id"
  exit 1
  ;;
'')
  id=$(ask rest --method post --url "$graph/v1.0/applications" --body "$registration" --query appId)
  say «say:made» "$name"
  ;;
*)
  say «say:there» "$name"
  ;;
esac

incomplete=0
add_principal "$id" "$name" 6 || incomplete=1
if ! add_principal "$partner_center" 'Microsoft Partner Center' 1; then
  say «say:partner-center»
  incomplete=1
fi
say «next»
say «say:client-id»
printf '%s\n' "$id"
exit "$incomplete"
)
`
