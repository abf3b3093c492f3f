# Legt eine App-Registrierung in Microsoft Entra an, mit Microsoft Graph PowerShell. Geschrieben von Partner Center Connector 1.2.3.
# Es legt die App-Registrierung an, wenn es keine mit diesem Namen gibt, und fügt fehlende Dienstprinzipale hinzu. Eine vorhandene ändert es nicht und nennt, was ihr fehlt. Sie können es noch einmal ausführen. Warten Sie vorher eine Minute: Microsoft findet neue Einträge vielleicht nicht sofort.
# Es gibt die Client-ID auf der Standardausgabe aus und seine Schritte auf der Standardfehlerausgabe.
# Fügen Sie es in PowerShell ein. Microsoft Graph PowerShell verlangt dann eine Anmeldung mit der Berechtigung Application.ReadWrite.All. Die Anmeldung gilt nur in diesem Fenster.
# Für den Mandanten 11111111-2222-3333-4444-555555555555.
& {
    $ErrorActionPreference = 'Stop'
    $tenant = '11111111-2222-3333-4444-555555555555'
    $partnerCenter = 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'
    $registration = @'
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
'@
    $name = (ConvertFrom-Json -InputObject $registration).displayName
    $filter = "displayName eq '" + $name.Replace("'", "''") + "'"
    $needs = [ordered]@{
        'http://localhost' = 'Umleitungs-URI http://localhost, Plattform Web'
        '1cebfa2a-fb4d-419e-b5f9-839b4383e05a' = 'delegierte Berechtigung Microsoft Partner Center user_impersonation'
        '37f7f235-527c-4136-accd-4a02d197296e' = 'delegierte Berechtigung Microsoft Graph openid'
        '14dad69e-099b-42c9-810b-d002981feec1' = 'delegierte Berechtigung Microsoft Graph profile'
        '7427e0e9-2fba-42fe-b0c0-848c9e6a8182' = 'delegierte Berechtigung Microsoft Graph offline_access'
        'e1fe6dd8-ba31-4d61-89e7-88639da4683d' = 'delegierte Berechtigung Microsoft Graph User.Read'
        'bc024368-1153-4739-b217-4326f2e966d0' = 'delegierte Berechtigung Microsoft Graph GroupMember.Read.All'
    }
    $next = 'Die Registrierung hat das Zertifikat. Prüfen Sie das unter „Zertifikate & Geheimnisse“:'
    $complete = $true

    function Say([string] $Text) { [Console]::Error.WriteLine($Text) }

    function Find([string] $Kind, [string] $Filter) {
        $uri = '/v1.0/' + $Kind + '?$select=appId&$filter=' + [Uri]::EscapeDataString($Filter)
        (Invoke-MgGraphRequest -Method GET -Uri $uri -OutputType PSObject).value | ForEach-Object { $_.appId }
    }

    function Add-One([string] $Kind, [string] $Body) {
        (Invoke-MgGraphRequest -Method POST -Uri ('/v1.0/' + $Kind) -Body $Body -ContentType 'application/json' -OutputType PSObject).appId
    }

    function Test-Needs([string[]] $Has) {
        $lacking = @($needs.Keys | Where-Object { $Has -cnotcontains $_ } | ForEach-Object { $needs[$_] })
        if ($Has -ccontains 'PersonalMicrosoftAccount') { $lacking += 'signInAudience AzureADMyOrg' }
        foreach ($part in $lacking) { Say ('Ihr fehlt:' + ' ' + $part) }
        return $lacking.Count -eq 0
    }

    function Add-Principal([string] $Id, [string] $Of, [int] $Tries) {
        try {
            if (Find 'servicePrincipals' "appId eq '$Id'") {
                Say ('Die Unternehmensanwendung (Dienstprinzipal) gibt es schon:' + ' ' + $Of)
                return $true
            }
        } catch {
            Say $_.Exception.Message
            return $false
        }
        foreach ($try in 1..$Tries) {
            if ($try -gt 1) { Start-Sleep -Seconds 5 }
            try {
                $null = Add-One 'servicePrincipals' (ConvertTo-Json -InputObject @{ appId = $Id })
                Say ('Unternehmensanwendung (Dienstprinzipal) hinzugefügt:' + ' ' + $Of)
                return $true
            } catch {
                Say $_.Exception.Message
            }
        }
        Say ('Die Unternehmensanwendung (Dienstprinzipal) konnte nicht hinzugefügt werden:' + ' ' + $Of)
        return $false
    }

    if (-not (Get-Command Invoke-MgGraphRequest -ErrorAction SilentlyContinue)) {
        throw 'Microsoft Graph PowerShell ist hier nicht installiert. Installieren Sie es mit:' + ' Install-Module Microsoft.Graph.Authentication -Scope CurrentUser'
    }
    $with = @{ Environment = 'USGovDoD'; Scopes = 'Application.ReadWrite.All'; ContextScope = 'Process'; NoWelcome = $true }
    if ($tenant) { $with.TenantId = $tenant }
    $null = Connect-MgGraph @with
    $signedIn = (Get-MgContext).TenantId
    if ($tenant -and $signedIn -ne $tenant) { throw 'Nichts wurde geändert. Die Anmeldung gilt für einen anderen Mandanten:' + ' ' + $signedIn }
    Say ('Mandant:' + ' ' + $signedIn)

    $found = @(Find 'applications' $filter)
    if ($found.Count -gt 1) { throw 'Nichts wurde geändert. Mehrere App-Registrierungen haben diesen Namen; ihre Client-IDs:' + ' ' + ($found -join ' ') }
    if ($found.Count -eq 1) {
        $id = $found[0]
        $next = 'Suchen Sie als Nächstes unter „Zertifikate & Geheimnisse“ das Zertifikat. Fehlt es, laden Sie es dort ohne seinen Schlüssel hoch:'
        Say ('Die App-Registrierung gibt es schon; sie wurde nicht geändert:' + ' ' + $name)
        try {
            $app = Invoke-MgGraphRequest -Method GET -Uri "/v1.0/applications(appId='$id')" -OutputType PSObject
            $complete = Test-Needs @(
                $app.signInAudience
                $app.web.redirectUris
                $app.requiredResourceAccess | ForEach-Object { $_.resourceAccess } | ForEach-Object { $_.id }
            )
        } catch {
            Say $_.Exception.Message
            $complete = $false
        }
    } else {
        $id = Add-One 'applications' $registration
        Say ('App-Registrierung angelegt:' + ' ' + $name)
    }
    if (-not (Add-Principal $id $name 6)) { $complete = $false }
    if (-not (Add-Principal $partnerCenter 'Microsoft Partner Center' 1)) {
        Say 'Lassen Sie einen Administrator sich einmal bei Partner Center anmelden, oder führen Sie dies noch einmal als Anwendungsadministrator aus.'
        $complete = $false
    }
    Say ($next + ' ' + 'https://portal.azure.us/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/' + $id)
    Say 'Die Client-ID, für Partner Center Connector:'
    $id
    if (-not $complete) { throw 'Es fehlt noch etwas; siehe oben.' }
}
