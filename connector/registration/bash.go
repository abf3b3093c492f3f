package registration

// bashScript runs in a shell of its own, so that pasted into a terminal it ends nothing but itself. `az ad app create` is not used: it changes
// an app registration that has the name already, and fails for a name with an apostrophe. Nor is `az ad app list`, which puts a filter into the
// address as it is, up to version 2.45 at least: + & and # in a name would make it find nothing; what `az rest` takes as a parameter is encoded.
// https://learn.microsoft.com/cli/azure/ad/app, https://learn.microsoft.com/cli/azure/ad/sp, https://learn.microsoft.com/cli/azure/reference-index#az-rest
const bashScript = `#!/usr/bin/env bash
«about»
(
set -euo pipefail
tenant=«tenant»
name=«name»
filter=«filter»
graph=«graph»
partner_center=«partner-center»
«registration»
say() { printf '%s\n' "$*" >&2; }

ask() { az "$@" --output tsv | tr -d '\r'; }

need() {
  case "$1" in
  *$'\n'"$2"$'\n'*) ;;
  *)
    say «say:lacks» "$3"
    incomplete=1
    ;;
  esac
}

compare() {
  case "$1" in
  *$'\n'PersonalMicrosoftAccount$'\n'*)
    say «say:lacks» 'signInAudience AzureADMyOrg'
    incomplete=1
    ;;
  esac
«needs»
}

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
  say «say:sign-in» «sign-in»
  exit 1
fi
say «say:in-tenant» "$signed_in"

incomplete=0
next=«next»
id=$(ask rest --method get --url "$graph/v1.0/applications" --url-parameters "\$filter=$filter" '$select=appId' --query 'value[].appId')
case "$id" in
*$'\n'*)
  say «say:several» "$id"
  exit 1
  ;;
'')
  «absent»
  ;;
*)
  next=«next-there»
  say «say:there» "$name"
  if has=$(ask ad app show --id "$id" --query '«has»'); then
    compare $'\n'"$has"$'\n'
  else
    incomplete=1
  fi
  ;;
esac

add_principal "$id" "$name" 6 || incomplete=1
if ! add_principal "$partner_center" 'Microsoft Partner Center' 1; then
  say «say:partner-center»
  incomplete=1
fi
say "$next"«page»
say «say:client-id»
printf '%s\n' "$id"
exit "$incomplete"
)
`

// bashRegistration is the registration to be made, and bashMakes makes it where it was not found.
const (
	bashRegistration = `registration=$(cat <<'JSON'
«json»
JSON
)
`
	bashMakes = `id=$(ask rest --method post --url "$graph/v1.0/applications" --body "$registration" --query appId)
  say «say:made» "$name"`
)
