#!/usr/bin/env bash
# Legt eine App-Registrierung in Microsoft Entra an, mit Azure CLI (bash). Geschrieben von Partner Center Connector 1.2.3.
# Es legt die App-Registrierung an, wenn es keine mit diesem Namen gibt, und fügt fehlende Dienstprinzipale hinzu. Eine vorhandene ändert es nicht und nennt, was ihr fehlt. Sie können es noch einmal ausführen. Warten Sie vorher eine Minute: Microsoft findet neue Einträge vielleicht nicht sofort.
# Es gibt die Client-ID auf der Standardausgabe aus und seine Schritte auf der Standardfehlerausgabe.
# Melden Sie sich mit az cloud set --name AzureUSGovernment; az login --tenant 11111111-2222-3333-4444-555555555555 --allow-no-subscriptions an, und führen Sie es mit bash aus.
# Nicht bestätigt: dass die Azure CLI das Microsoft Graph eines DoD-Mandanten erreicht, hier unter https://graph.microsoft.us. Das Skript für Microsoft Graph PowerShell hat für diese Cloud einen Namen.
# Für den Mandanten 11111111-2222-3333-4444-555555555555.
(
set -euo pipefail
tenant='11111111-2222-3333-4444-555555555555'
name='O'\''Brien & "Söhne" $(touch x) `id` !! %PATH% ^|<>; \ ’@‘ {0} #'
filter='displayName eq '\''O'\'''\''Brien & "Söhne" $(touch x) `id` !! %PATH% ^|<>; \ ’@‘ {0} #'\'''
graph='https://graph.microsoft.us'
partner_center='fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'
registration=$(cat <<'JSON'
{
  "displayName": "O\u0027Brien \u0026 \u0022S\u00f6hne\u0022 \u0024\u0028touch x\u0029 \u0060id\u0060 \u0021\u0021 \u0025PATH\u0025 \u005e\u007c\u003c\u003e\u003b \u005c \u2019\u0040\u2018 \u007b0\u007d \u0023",
  "signInAudience": "AzureADMyOrg",
  "web": {
    "redirectUris": [
      "http://localhost"
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
        },
        {
          "id": "bc024368-1153-4739-b217-4326f2e966d0",
          "type": "Scope"
        }
      ]
    }
  ],
  "keyCredentials": [
    {
      "type": "AsymmetricX509Cert",
      "usage": "Verify",
      "displayName": "CN=O\u0027Brien \u0022connector\u0022",
      "startDateTime": "2026-11-01T08:00:00Z",
      "endDateTime": "2027-11-01T07:00:00Z",
      "key": "MIIC+/=="
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
    say 'Ihr fehlt:' "$3"
    incomplete=1
    ;;
  esac
}

compare() {
  case "$1" in
  *$'\n'PersonalMicrosoftAccount$'\n'*)
    say 'Ihr fehlt:' 'signInAudience AzureADMyOrg'
    incomplete=1
    ;;
  esac
  need "$1" 'http://localhost' 'Umleitungs-URI http://localhost, Plattform Web'
  need "$1" '1cebfa2a-fb4d-419e-b5f9-839b4383e05a' 'delegierte Berechtigung Microsoft Partner Center user_impersonation'
  need "$1" '37f7f235-527c-4136-accd-4a02d197296e' 'delegierte Berechtigung Microsoft Graph openid'
  need "$1" '14dad69e-099b-42c9-810b-d002981feec1' 'delegierte Berechtigung Microsoft Graph profile'
  need "$1" '7427e0e9-2fba-42fe-b0c0-848c9e6a8182' 'delegierte Berechtigung Microsoft Graph offline_access'
  need "$1" 'e1fe6dd8-ba31-4d61-89e7-88639da4683d' 'delegierte Berechtigung Microsoft Graph User.Read'
  need "$1" 'bc024368-1153-4739-b217-4326f2e966d0' 'delegierte Berechtigung Microsoft Graph GroupMember.Read.All'
}

add_principal() {
  local found try
  found=$(ask ad sp list --filter "appId eq '$1'" --query '[].appId') || return 1
  if [ -n "$found" ]; then
    say 'Die Unternehmensanwendung (Dienstprinzipal) gibt es schon:' "$2"
    return 0
  fi
  for try in $(seq "$3"); do
    [ "$try" = 1 ] || sleep 5
    if az ad sp create --id "$1" --output none; then
      say 'Unternehmensanwendung (Dienstprinzipal) hinzugefügt:' "$2"
      return 0
    fi
  done
  say 'Die Unternehmensanwendung (Dienstprinzipal) konnte nicht hinzugefügt werden:' "$2"
  return 1
}

if ! command -v az >/dev/null; then
  say 'Die Azure CLI (az) ist hier nicht installiert. Installieren Sie sie: https://learn.microsoft.com/cli/azure/install-azure-cli'
  exit 1
fi
signed_in=$(ask account show --query tenantId)
if [ -n "$tenant" ] && [ "$signed_in" != "$tenant" ]; then
  say 'Nichts wurde geändert. Die Anmeldung gilt für einen anderen Mandanten:' "$signed_in"
  say 'Melden Sie sich an mit:' 'az cloud set --name AzureUSGovernment; az login --tenant 11111111-2222-3333-4444-555555555555 --allow-no-subscriptions'
  exit 1
fi
say 'Mandant:' "$signed_in"

incomplete=0
next='Die Registrierung hat das Zertifikat. Prüfen Sie das unter „Zertifikate & Geheimnisse“:'
id=$(ask rest --method get --url "$graph/v1.0/applications" --url-parameters "\$filter=$filter" '$select=appId' --query 'value[].appId')
case "$id" in
*$'\n'*)
  say 'Nichts wurde geändert. Mehrere App-Registrierungen haben diesen Namen; ihre Client-IDs:' "$id"
  exit 1
  ;;
'')
  id=$(ask rest --method post --url "$graph/v1.0/applications" --body "$registration" --query appId)
  say 'App-Registrierung angelegt:' "$name"
  ;;
*)
  next='Suchen Sie als Nächstes unter „Zertifikate & Geheimnisse“ das Zertifikat. Fehlt es, laden Sie es dort ohne seinen Schlüssel hoch:'
  say 'Die App-Registrierung gibt es schon; sie wurde nicht geändert:' "$name"
  if has=$(ask ad app show --id "$id" --query '[[signInAudience],web.redirectUris,requiredResourceAccess[].resourceAccess[].id][]'); then
    compare $'\n'"$has"$'\n'
  else
    incomplete=1
  fi
  ;;
esac

add_principal "$id" "$name" 6 || incomplete=1
if ! add_principal "$partner_center" 'Microsoft Partner Center' 1; then
  say 'Lassen Sie einen Administrator sich einmal bei Partner Center anmelden, oder führen Sie dies noch einmal als Anwendungsadministrator aus.'
  incomplete=1
fi
say "$next" 'https://portal.azure.us/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/'"$id"
say 'Die Client-ID, für Partner Center Connector:'
printf '%s\n' "$id"
exit "$incomplete"
)
