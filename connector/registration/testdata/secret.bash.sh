#!/usr/bin/env bash
# Creates an app registration in Microsoft Entra with the Azure CLI (bash). Written by Partner Center Connector 1.2.3.
# It creates the app registration if no other has this name, and adds missing service principals. It does not change an existing registration, and lists what it lacks. You can run it again. Wait a minute first: Microsoft may not find new entries at once.
# It prints the client ID on standard output, and its steps on standard error.
# In Cloud Shell paste it. Elsewhere sign in with az login --tenant 11111111-2222-3333-4444-555555555555 --allow-no-subscriptions, and run it with bash.
# For the tenant contoso.onmicrosoft.com.
(
set -euo pipefail
tenant='11111111-2222-3333-4444-555555555555'
name='Contoso'
filter='displayName eq '\''Contoso'\'''
graph='https://graph.microsoft.com'
partner_center='fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'
registration=$(cat <<'JSON'
{
  "displayName": "Contoso",
  "signInAudience": "AzureADMyOrg",
  "web": {
    "redirectUris": [
      "http://localhost/consent"
    ]
  },
  "requiredResourceAccess": [
    {
      "resourceAppId": "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
      "resourceAccess": [
        {
          "id": "1cebfa2a-fb4d-419e-b5f9-839b4383e05a",
          "type": "Scope"
        }
      ]
    },
    {
      "resourceAppId": "00000003-0000-0000-c000-000000000000",
      "resourceAccess": [
        {
          "id": "37f7f235-527c-4136-accd-4a02d197296e",
          "type": "Scope"
        },
        {
          "id": "14dad69e-099b-42c9-810b-d002981feec1",
          "type": "Scope"
        },
        {
          "id": "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
          "type": "Scope"
        },
        {
          "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
          "type": "Scope"
        }
      ]
    }
  ]
}
JSON
)

say() { printf '%s\n' "$*" >&2; }

ask() { az "$@" --output tsv | tr -d '\r'; }

need() {
  case "$1" in
  *$'\n'"$2"$'\n'*) ;;
  *)
    say 'It lacks:' "$3"
    incomplete=1
    ;;
  esac
}

compare() {
  case "$1" in
  *$'\n'PersonalMicrosoftAccount$'\n'*)
    say 'It lacks:' 'signInAudience AzureADMyOrg'
    incomplete=1
    ;;
  esac
  need "$1" 'http://localhost/consent' 'redirect URI http://localhost/consent, platform Web'
  need "$1" '1cebfa2a-fb4d-419e-b5f9-839b4383e05a' 'delegated permission Microsoft Partner Center user_impersonation'
  need "$1" '37f7f235-527c-4136-accd-4a02d197296e' 'delegated permission Microsoft Graph openid'
  need "$1" '14dad69e-099b-42c9-810b-d002981feec1' 'delegated permission Microsoft Graph profile'
  need "$1" '7427e0e9-2fba-42fe-b0c0-848c9e6a8182' 'delegated permission Microsoft Graph offline_access'
  need "$1" 'e1fe6dd8-ba31-4d61-89e7-88639da4683d' 'delegated permission Microsoft Graph User.Read'
}

add_principal() {
  local found try
  found=$(ask ad sp list --filter "appId eq '$1'" --query '[].appId') || return 1
  if [ -n "$found" ]; then
    say 'The enterprise application (service principal) already exists:' "$2"
    return 0
  fi
  for try in $(seq "$3"); do
    [ "$try" = 1 ] || sleep 5
    if az ad sp create --id "$1" --output none; then
      say 'Added the enterprise application (service principal):' "$2"
      return 0
    fi
  done
  say 'The enterprise application (service principal) could not be added:' "$2"
  return 1
}

if ! command -v az >/dev/null; then
  say 'The Azure CLI (az) is not installed here. Use Cloud Shell, or install it: https://learn.microsoft.com/cli/azure/install-azure-cli'
  exit 1
fi
signed_in=$(ask account show --query tenantId)
if [ -n "$tenant" ] && [ "$signed_in" != "$tenant" ]; then
  say 'Nothing was changed. The sign-in is for another tenant:' "$signed_in"
  say 'Sign in with:' 'az login --tenant 11111111-2222-3333-4444-555555555555 --allow-no-subscriptions'
  exit 1
fi
say 'Tenant:' "$signed_in"

incomplete=0
next='Next, create a client secret under Certificates & secrets, and copy its Value:'
id=$(ask rest --method get --url "$graph/v1.0/applications" --url-parameters "\$filter=$filter" '$select=appId' --query 'value[].appId')
case "$id" in
*$'\n'*)
  say 'Nothing was changed. Several app registrations have this name; their client IDs:' "$id"
  exit 1
  ;;
'')
  id=$(ask rest --method post --url "$graph/v1.0/applications" --body "$registration" --query appId)
  say 'Created the app registration:' "$name"
  ;;
*)
  next='Next, create a client secret under Certificates & secrets, and copy its Value:'
  say 'The app registration already exists and was not changed:' "$name"
  if has=$(ask ad app show --id "$id" --query '[[signInAudience],web.redirectUris,requiredResourceAccess[].resourceAccess[].id][]'); then
    compare $'\n'"$has"$'\n'
  else
    incomplete=1
  fi
  ;;
esac

add_principal "$id" "$name" 6 || incomplete=1
if ! add_principal "$partner_center" 'Microsoft Partner Center' 1; then
  say 'Have an administrator sign in to Partner Center once, or run this again as an Application Administrator.'
  incomplete=1
fi
say "$next" 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/'"$id"
say 'The client ID, for Partner Center Connector:'
printf '%s\n' "$id"
exit "$incomplete"
)
