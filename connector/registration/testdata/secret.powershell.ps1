# Creates an app registration in Microsoft Entra with the Azure CLI (PowerShell). Written by Partner Center Connector 1.2.3.
# It creates the app registration if no other has this name, and adds missing service principals. It does not change an existing registration, and lists what it lacks. You can run it again. Wait a minute first: Microsoft may not find new entries at once.
# It prints the client ID on standard output, and its steps on standard error.
# In Cloud Shell paste it. Elsewhere sign in with az login --tenant 11111111-2222-3333-4444-555555555555 --allow-no-subscriptions, and paste it into PowerShell.
# For the tenant contoso.onmicrosoft.com.
& {
    $ErrorActionPreference = 'Stop'
    $PSNativeCommandUseErrorActionPreference = $false
    $tenant = '11111111-2222-3333-4444-555555555555'
    $partnerCenter = 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'
    $registration = @'
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
'@
    $name = (ConvertFrom-Json -InputObject $registration).displayName
    $filter = "displayName eq '" + $name.Replace("'", "''") + "'"
    $needs = [ordered]@{
        'http://localhost/consent' = 'redirect URI http://localhost/consent, platform Web'
        '1cebfa2a-fb4d-419e-b5f9-839b4383e05a' = 'delegated permission Microsoft Partner Center user_impersonation'
        '37f7f235-527c-4136-accd-4a02d197296e' = 'delegated permission Microsoft Graph openid'
        '14dad69e-099b-42c9-810b-d002981feec1' = 'delegated permission Microsoft Graph profile'
        '7427e0e9-2fba-42fe-b0c0-848c9e6a8182' = 'delegated permission Microsoft Graph offline_access'
        'e1fe6dd8-ba31-4d61-89e7-88639da4683d' = 'delegated permission Microsoft Graph User.Read'
    }
    $next = 'Next, create a client secret under Certificates & secrets, and copy its Value:'
    $complete = $true

    function Say([string] $Text) { [Console]::Error.WriteLine($Text) }

    function Ask {
        $answer = & az @args --output tsv
        if ($LASTEXITCODE -ne 0) { throw 'The Azure CLI reported an error; see above.' }
        $answer | Where-Object { $_ }
    }

    function Keep([string] $File, [string] $Text) { [IO.File]::WriteAllText((Join-Path $folder $File), $Text) }

    function Test-Needs([string[]] $Has) {
        $lacking = @($needs.Keys | Where-Object { $Has -cnotcontains $_ } | ForEach-Object { $needs[$_] })
        if ($Has -ccontains 'PersonalMicrosoftAccount') { $lacking += 'signInAudience AzureADMyOrg' }
        foreach ($part in $lacking) { Say ('It lacks:' + ' ' + $part) }
        return $lacking.Count -eq 0
    }

    function Add-Principal([string] $Id, [string] $Of, [int] $Tries) {
        try {
            Keep 'filter.txt' "appId eq '$Id'"
            if (Ask ad sp list --filter '@filter.txt' --query '[].appId') {
                Say ('The enterprise application (service principal) already exists:' + ' ' + $Of)
                return $true
            }
        } catch {
            Say $_.Exception.Message
            return $false
        }
        foreach ($try in 1..$Tries) {
            if ($try -gt 1) { Start-Sleep -Seconds 5 }
            $null = & az ad sp create --id $Id --output none
            if ($LASTEXITCODE -eq 0) {
                Say ('Added the enterprise application (service principal):' + ' ' + $Of)
                return $true
            }
        }
        Say ('The enterprise application (service principal) could not be added:' + ' ' + $Of)
        return $false
    }

    if (-not (Get-Command az -ErrorAction SilentlyContinue)) { throw 'The Azure CLI (az) is not installed here. Use Cloud Shell, or install it: https://learn.microsoft.com/cli/azure/install-azure-cli' }
    $signedIn = Ask account show --query tenantId
    if ($tenant -and $signedIn -ne $tenant) {
        Say ('Nothing was changed. The sign-in is for another tenant:' + ' ' + $signedIn)
        throw 'Sign in with:' + ' ' + 'az login --tenant 11111111-2222-3333-4444-555555555555 --allow-no-subscriptions'
    }
    Say ('Tenant:' + ' ' + $signedIn)

    $folder = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
    $null = New-Item -ItemType Directory -Path $folder
    Push-Location -LiteralPath $folder
    try {
        Keep 'filter.txt' ('$filter=' + $filter)
        Keep 'select.txt' '$select=appId'
        $found = @(Ask rest --method get --url ('https://graph.microsoft.com' + '/v1.0/applications') --url-parameters '@filter.txt' '@select.txt' --query 'value[].appId')
        if ($found.Count -gt 1) { throw 'Nothing was changed. Several app registrations have this name; their client IDs:' + ' ' + ($found -join ' ') }
        if ($found.Count -eq 1) {
            $id = $found[0]
            $next = 'Next, create a client secret under Certificates & secrets, and copy its Value:'
            Say ('The app registration already exists and was not changed:' + ' ' + $name)
            try {
                $complete = Test-Needs @(Ask ad app show --id $id --query '[[signInAudience],web.redirectUris,requiredResourceAccess[].resourceAccess[].id][]')
            } catch {
                Say $_.Exception.Message
                $complete = $false
            }
        } else {
            Keep 'registration.json' $registration
            $id = Ask rest --method post --url ('https://graph.microsoft.com' + '/v1.0/applications') --body '@registration.json' --query appId
            Say ('Created the app registration:' + ' ' + $name)
        }
        if (-not (Add-Principal $id $name 6)) { $complete = $false }
        if (-not (Add-Principal $partnerCenter 'Microsoft Partner Center' 1)) {
            Say 'Have an administrator sign in to Partner Center once, or run this again as an Application Administrator.'
            $complete = $false
        }
        Say ($next + ' ' + 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/' + $id)
        Say 'The client ID, for Partner Center Connector:'
        $id
        if (-not $complete) { throw 'Something is still missing; see above.' }
    } finally {
        Pop-Location
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}
