# Creates an app registration in Microsoft Entra with the Microsoft Graph PowerShell. Written by Partner Center Connector 1.2.3.
# It creates the app registration if no other has this name, and adds missing service principals. It does not change an existing registration, and lists what it lacks. You can run it again. Wait a minute first: Microsoft may not find new entries at once.
# It prints the client ID on standard output, and its steps on standard error.
# Paste it into PowerShell. Microsoft Graph PowerShell then asks you to sign in, with the permission Application.ReadWrite.All. The sign-in counts in this window alone.
# For the tenant 11111111-2222-3333-4444-555555555555.
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
        'http://localhost' = 'redirect URI http://localhost, platform Web'
        '1cebfa2a-fb4d-419e-b5f9-839b4383e05a' = 'delegated permission Microsoft Partner Center user_impersonation'
        '37f7f235-527c-4136-accd-4a02d197296e' = 'delegated permission Microsoft Graph openid'
        '14dad69e-099b-42c9-810b-d002981feec1' = 'delegated permission Microsoft Graph profile'
        '7427e0e9-2fba-42fe-b0c0-848c9e6a8182' = 'delegated permission Microsoft Graph offline_access'
        'e1fe6dd8-ba31-4d61-89e7-88639da4683d' = 'delegated permission Microsoft Graph User.Read'
        'bc024368-1153-4739-b217-4326f2e966d0' = 'delegated permission Microsoft Graph GroupMember.Read.All'
    }
    $next = 'The registration has the certificate. Look under Certificates & secrets to make sure:'
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
        foreach ($part in $lacking) { Say ('It lacks:' + ' ' + $part) }
        return $lacking.Count -eq 0
    }

    function Add-Principal([string] $Id, [string] $Of, [int] $Tries) {
        try {
            if (Find 'servicePrincipals' "appId eq '$Id'") {
                Say ('The enterprise application (service principal) already exists:' + ' ' + $Of)
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
                Say ('Added the enterprise application (service principal):' + ' ' + $Of)
                return $true
            } catch {
                Say $_.Exception.Message
            }
        }
        Say ('The enterprise application (service principal) could not be added:' + ' ' + $Of)
        return $false
    }

    if (-not (Get-Command Invoke-MgGraphRequest -ErrorAction SilentlyContinue)) {
        throw 'Microsoft Graph PowerShell is not installed here. Install it with:' + ' Install-Module Microsoft.Graph.Authentication -Scope CurrentUser'
    }
    $with = @{ Environment = 'USGovDoD'; Scopes = 'Application.ReadWrite.All'; ContextScope = 'Process'; NoWelcome = $true }
    if ($tenant) { $with.TenantId = $tenant }
    $null = Connect-MgGraph @with
    $signedIn = (Get-MgContext).TenantId
    if ($tenant -and $signedIn -ne $tenant) { throw 'Nothing was changed. The sign-in is for another tenant:' + ' ' + $signedIn }
    Say ('Tenant:' + ' ' + $signedIn)

    $found = @(Find 'applications' $filter)
    if ($found.Count -gt 1) { throw 'Nothing was changed. Several app registrations have this name; their client IDs:' + ' ' + ($found -join ' ') }
    if ($found.Count -eq 1) {
        $id = $found[0]
        $next = 'Next, look under Certificates & secrets for the certificate. If it is missing, upload it there, but not its key:'
        Say ('The app registration already exists and was not changed:' + ' ' + $name)
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
        Say ('Created the app registration:' + ' ' + $name)
    }
    if (-not (Add-Principal $id $name 6)) { $complete = $false }
    if (-not (Add-Principal $partnerCenter 'Microsoft Partner Center' 1)) {
        Say 'Have an administrator sign in to Partner Center once, or run this again as an Application Administrator.'
        $complete = $false
    }
    Say ($next + ' ' + 'https://portal.azure.us/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/' + $id)
    Say 'The client ID, for Partner Center Connector:'
    $id
    if (-not $complete) { throw 'Something is still missing; see above.' }
}
