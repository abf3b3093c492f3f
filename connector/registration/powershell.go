package registration

// azScript hands everything that somebody has typed to the Azure CLI in files: on Windows az is a batch file, and cmd would take what is
// special to it in an argument for its own. The Azure CLI reads any argument from a file whose name is behind an @.
// https://learn.microsoft.com/cli/azure/use-azure-cli-successfully-powershell
const azScript = `«about»
& {
    $ErrorActionPreference = 'Stop'
    $PSNativeCommandUseErrorActionPreference = $false
    $tenant = «tenant»
    $partnerCenter = «partner-center»
«registration»    $name = «name»
    $filter = «filter»
    $needs = [ordered]@{
«needs»
    }
    $next = «next»
    $complete = $true

    function Say([string] $Text) { [Console]::Error.WriteLine($Text) }

    function Ask {
        $answer = & az @args --output tsv
        if ($LASTEXITCODE -ne 0) { throw «say:failed» }
        $answer | Where-Object { $_ }
    }

    function Keep([string] $File, [string] $Text) { [IO.File]::WriteAllText((Join-Path $folder $File), $Text) }

    function Test-Needs([string[]] $Has) {
        $lacking = @($needs.Keys | Where-Object { $Has -cnotcontains $_ } | ForEach-Object { $needs[$_] })
        if ($Has -ccontains 'PersonalMicrosoftAccount') { $lacking += 'signInAudience AzureADMyOrg' }
        foreach ($part in $lacking) { Say («say:lacks» + ' ' + $part) }
        return $lacking.Count -eq 0
    }

    function Add-Principal([string] $Id, [string] $Of, [int] $Tries) {
        try {
            Keep 'filter.txt' "appId eq '$Id'"
            if (Ask ad sp list --filter '@filter.txt' --query '[].appId') {
                Say («say:principal-there» + ' ' + $Of)
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
                Say («say:principal-made» + ' ' + $Of)
                return $true
            }
        }
        Say («say:principal-failed» + ' ' + $Of)
        return $false
    }

    if (-not (Get-Command az -ErrorAction SilentlyContinue)) { throw «say:no-az» }
    $signedIn = Ask account show --query tenantId
    if ($tenant -and $signedIn -ne $tenant) {
        Say («say:wrong-tenant» + ' ' + $signedIn)
        throw «say:sign-in» + ' ' + «sign-in»
    }
    Say («say:in-tenant» + ' ' + $signedIn)

    $folder = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
    $null = New-Item -ItemType Directory -Path $folder
    Push-Location -LiteralPath $folder
    try {
        Keep 'filter.txt' ('$filter=' + $filter)
        Keep 'select.txt' '$select=appId'
        $found = @(Ask rest --method get --url («graph» + '/v1.0/applications') --url-parameters '@filter.txt' '@select.txt' --query 'value[].appId')
        if ($found.Count -gt 1) { throw «say:several» + ' ' + ($found -join ' ') }
        if ($found.Count -eq 1) {
            $id = $found[0]
            $next = «next-there»
            Say («say:there» + ' ' + $name)
            try {
                $complete = Test-Needs @(Ask ad app show --id $id --query '«has»')
            } catch {
                Say $_.Exception.Message
                $complete = $false
            }
        } else {
            «absent»
        }
        if (-not (Add-Principal $id $name 6)) { $complete = $false }
        if (-not (Add-Principal $partnerCenter 'Microsoft Partner Center' 1)) {
            Say «say:partner-center»
            $complete = $false
        }
        Say ($next«page»)
        Say «say:client-id»
        $id
        if (-not $complete) { throw «say:incomplete» }
    } finally {
        Pop-Location
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}
`

// graphScript needs the module Microsoft.Graph.Authentication alone.
// https://learn.microsoft.com/powershell/module/microsoft.graph.authentication/invoke-mggraphrequest,
// https://learn.microsoft.com/graph/api/application-post-applications, https://learn.microsoft.com/graph/api/serviceprincipal-post-serviceprincipals
const graphScript = `«about»
& {
    $ErrorActionPreference = 'Stop'
    $tenant = «tenant»
    $partnerCenter = «partner-center»
«registration»    $name = «name»
    $filter = «filter»
    $needs = [ordered]@{
«needs»
    }
    $next = «next»
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
        foreach ($part in $lacking) { Say («say:lacks» + ' ' + $part) }
        return $lacking.Count -eq 0
    }

    function Add-Principal([string] $Id, [string] $Of, [int] $Tries) {
        try {
            if (Find 'servicePrincipals' "appId eq '$Id'") {
                Say («say:principal-there» + ' ' + $Of)
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
                Say («say:principal-made» + ' ' + $Of)
                return $true
            } catch {
                Say $_.Exception.Message
            }
        }
        Say («say:principal-failed» + ' ' + $Of)
        return $false
    }

    if (-not (Get-Command Invoke-MgGraphRequest -ErrorAction SilentlyContinue)) {
        throw «say:no-graph» + ' Install-Module Microsoft.Graph.Authentication -Scope CurrentUser'
    }
    $with = @{ Environment = «environment»; Scopes = 'Application.ReadWrite.All'; ContextScope = 'Process'; NoWelcome = $true }
    if ($tenant) { $with.TenantId = $tenant }
    $null = Connect-MgGraph @with
    $signedIn = (Get-MgContext).TenantId
    if ($tenant -and $signedIn -ne $tenant) { throw «say:wrong-tenant» + ' ' + $signedIn }
    Say («say:in-tenant» + ' ' + $signedIn)

    $found = @(Find 'applications' $filter)
    if ($found.Count -gt 1) { throw «say:several» + ' ' + ($found -join ' ') }
    if ($found.Count -eq 1) {
        $id = $found[0]
        $next = «next-there»
        Say («say:there» + ' ' + $name)
        try {
            $app = Invoke-MgGraphRequest -Method GET -Uri "/v1.0/applications(appId='$id')" -OutputType PSObject
            $complete = Test-Needs @(
                $app.signInAudience
                $app.«platform».redirectUris
                $app.requiredResourceAccess | ForEach-Object { $_.resourceAccess } | ForEach-Object { $_.id }
            )
        } catch {
            Say $_.Exception.Message
            $complete = $false
        }
    } else {
        «absent»
    }
    if (-not (Add-Principal $id $name 6)) { $complete = $false }
    if (-not (Add-Principal $partnerCenter 'Microsoft Partner Center' 1)) {
        Say «say:partner-center»
        $complete = $false
    }
    Say ($next«page»)
    Say «say:client-id»
    $id
    if (-not $complete) { throw «say:incomplete» }
}
`

// The name comes out of the JSON, which is ASCII, so that it does not matter which encoding a saved script is read in.
const (
	nameInJSON   = "(ConvertFrom-Json -InputObject $registration).displayName"
	filterByName = `"displayName eq '" + $name.Replace("'", "''") + "'"`
)

// hereString is the registration to be made.
const hereString = `    $registration = @'
«json»
'@
`

// azMakes and graphMakes make the registration that was not found.
const (
	azMakes = `Keep 'registration.json' $registration
            $id = Ask rest --method post --url («graph» + '/v1.0/applications') --body '@registration.json' --query appId
            Say («say:made» + ' ' + $name)`
	graphMakes = `$id = Add-One 'applications' $registration
        Say («say:made» + ' ' + $name)`
)
