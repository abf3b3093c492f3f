package auth

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// TestTenantInMicrosoftsAddress holds which tenant an address of Microsoft's names; where it names none, its host is told.
func TestTenantInMicrosoftsAddress(t *testing.T) {
	const id, other = "5e0a11c0-7e4a-4c1e-8a11-000000000001", "5e0a11c0-7e4a-4c1e-8a11-000000000002"
	for in, want := range map[string]string{
		"https://login.microsoftonline.com/" + id + "/oauth2/v2.0/authorize?client_id=" + other + "&scope=openid": id,
		"https://login.microsoftonline.com/contoso.com/.well-known/openid-configuration":                          "contoso.com",
		"https://login.microsoftonline.com/" + id:                                                                 id,
		"login.microsoftonline.com/Contoso.com":                                                                   "contoso.com",
		"https://login.microsoftonline.us/" + id + "/adminconsent":                                                id,
		"https://login.partner.microsoftonline.cn/contoso.cn/oauth2/token":                                        "contoso.cn",
		"https://login.microsoftonline.com:443/" + id + "/v2.0":                                                   id,
		"https://sts.windows.net/" + id + "/":                                                                     id,
		"https://login.windows.net/contoso.com/federationmetadata":                                                "contoso.com",
		"https://portal.azure.com/#@contoso.onmicrosoft.com/resource/x":                                           "contoso.onmicrosoft.com",
		"https://portal.azure.com/" + id:                                                                          id,
		"https://portal.azure.com/contoso.com#home":                                                               "contoso.com",
		"https://portal.azure.us/#@contoso.onmicrosoft.us/blade/y":                                                "contoso.onmicrosoft.us",
		"https://entra.microsoft.com/#@contoso.com/view/x/tenantId/" + id:                                         "contoso.com",
		"https://entra.microsoft.com/#view/x/tenantId/" + id + "/menu~/0":                                         id,
		"https://entra.microsoft.com/contoso.com/?feature.x=1#home":                                               "contoso.com",
		"https://myapps.microsoft.com/?tenantid=" + id:                                                            id,
		"https://myaccount.microsoft.com/?tenantId=contoso.com":                                                   "contoso.com",
		"https://teams.microsoft.com/l/channel/x?groupId=y&tenantId=" + id:                                        id,
		"https://security.microsoft.com/incidents?tid=" + id:                                                      id,
		"ann_fabrikam.com#EXT#@contoso.onmicrosoft.com":                                                           "contoso.onmicrosoft.com",
		"ann_outlook.com#ext#@contoso.onmicrosoft.com":                                                            "contoso.onmicrosoft.com",
		"microsoft.com":                "microsoft.com",
		"ann@microsoft.com":            "microsoft.com",
		"contoso.mail.onmicrosoft.com": "contoso.mail.onmicrosoft.com",
		"notmicrosoft.com":             "notmicrosoft.com",

		"https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=" + other: "!login.microsoftonline.com",
		"https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize":             "!login.microsoftonline.com",
		"https://login.microsoftonline.com/":                                                "!login.microsoftonline.com",
		"login.microsoftonline.us":                                                          "!login.microsoftonline.us",
		"https://login.live.com/login.srf":                                                  "!login.live.com",
		"https://portal.azure.com/#home":                                                    "!portal.azure.com",
		"https://portal.azure.com/#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade":         "!portal.azure.com",
		"entra.microsoft.com":                                                               "!entra.microsoft.com",
		"https://partner.microsoft.com/dashboard/v2/customers/" + other + "/accountdetails": "!partner.microsoft.com",
		"https://partner.microsoft.com/en-us/dashboard/home?tenantId=" + other:              "!partner.microsoft.com",
		"https://admin.microsoft.com/Partner/BeginClientSession.aspx?CTID=" + other:         "!admin.microsoft.com",
		"https://admin.cloud.microsoft/?#/homepage":                                         "!admin.cloud.microsoft",
		"https://myapps.microsoft.com/?tenantid=" + id + "&tid=" + other:                    "!myapps.microsoft.com",
		"https://graph.microsoft.com/v1.0/organization":                                     "!graph.microsoft.com",
		"contoso.sharepoint.com":                                                            "!contoso.sharepoint.com",
		"https://www.microsoft.com/de-de":                                                   "!www.microsoft.com",
		"https://microsoft.com/":                                                            "!microsoft.com",
		"https://aka.ms/mfasetup":                                                           "!aka.ms",
		"onmicrosoft.com":                                                                   "!onmicrosoft.com",
		"ann@outlook.com":                                                                   "!outlook.com",
		"live.com#ann@outlook.com":                                                          "!live.com",
	} {
		got, err := NormalizeTenantInput(in)
		host, none := strings.CutPrefix(want, "!")
		var typed *Error
		switch {
		case none && (!errors.As(err, &typed) || !errors.Is(err, ErrBadInput) || !reflect.DeepEqual(typed.Hosts, []string{host})):
			t.Errorf("%s: %q, %v; want none, of %s", in, got, err, host)
		case !none && (err != nil || got != want):
			t.Errorf("%s: %q, %v; want %q", in, got, err, want)
		}
	}
}
