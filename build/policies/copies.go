package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"strings"

	"partner-center-connector/connector/policy"
)

// payload is the type of the profile's payload: the domain of the preferences, and the name of the file that macOS makes of it.
const payload = "io.github.partnercenterconnector"

// profile is a configuration profile of macOS. Everything in it is a comment, so that one deployed as it is says nothing.
func profile() string {
	var b strings.Builder
	b.WriteString(xml.Header)
	b.WriteString(`<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadType</key><string>Configuration</string>
	<key>PayloadVersion</key><integer>1</integer>
	<key>PayloadScope</key><string>System</string>
	<key>PayloadIdentifier</key><string>` + payload + `.policy</string>
	<key>PayloadUUID</key><string>` + uuid(payload+".policy") + `</string>
	<key>PayloadDisplayName</key><string>Partner Center Connector</string>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadType</key><string>` + payload + `</string>
			<key>PayloadVersion</key><integer>1</integer>
			<key>PayloadIdentifier</key><string>` + payload + `.policy.settings</string>
			<key>PayloadUUID</key><string>` + uuid(payload+".policy.settings") + `</string>
			<key>PayloadDisplayName</key><string>Partner Center Connector</string>
			<!-- Mandatory: nobody can change them. Take the comment marks away from what you want to set. -->
`)
	profileKeys(&b, "\t\t\t", false)
	b.WriteString("\t\t\t<!-- Recommended: they count until somebody chooses otherwise. -->\n\t\t\t<key>Recommended</key>\n\t\t\t<dict>\n")
	profileKeys(&b, "\t\t\t\t", true)
	b.WriteString("\t\t\t</dict>\n\t\t</dict>\n\t</array>\n</dict>\n</plist>\n")
	return b.String()
}

func profileKeys(b *strings.Builder, indent string, recommended bool) {
	for _, s := range policy.Settings() {
		if !recommended && !s.Mandatory || recommended && !s.Recommended {
			continue
		}
		value := ""
		for _, text := range examples[s.Name] {
			value += "<string>" + escape(text) + "</string>"
		}
		if s.Kind == policy.KindList {
			value = "<array>" + value + "</array>"
		}
		_, _ = fmt.Fprintf(b, "%s<!-- <key>%s</key>%s -->\n", indent, s.Registry, value) // a Builder takes everything
	}
}

// uuid is the same for the same name, so that a profile replaces its earlier version.
func uuid(name string) string {
	sum := sha256.Sum256([]byte(name))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // version 8, which leaves the rest to whoever makes it
	return strings.ToUpper(fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]))
}

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a Buffer takes everything
	return b.String()
}

// example is a policy.toml, each setting with its meaning. All settings are comments, so that a copy as it is says nothing.
func example(t texts) string {
	var b strings.Builder
	b.WriteString(`# A policy for Partner Center Connector: copy it to /etc/partner-center-connector/policy.toml, and take the # away from what you want to
# set. It counts only where root alone can change the file and its folder. "pcc doctor" shows what counts, and what is wrong.

# Mandatory: nobody can change these values.

`)
	exampleKeys(&b, t, false)
	b.WriteString("# Recommended: these values count until somebody chooses otherwise. The table comes last.\n[recommended]\n\n")
	exampleKeys(&b, t, true)
	return strings.TrimSuffix(b.String(), "\n")
}

func exampleKeys(b *strings.Builder, t texts, recommended bool) {
	for _, s := range policy.Settings() {
		if recommended && !s.Recommended || !recommended && !s.Mandatory {
			continue
		}
		if !recommended {
			_, _ = fmt.Fprintf(b, "# %s: %s%s\n", t.Setting[s.Name].Title, t.Setting[s.Name].Text, possible(s)) // a Builder takes everything
		}
		_, _ = fmt.Fprintf(b, "#%s = %s\n", s.Name, tomlValue(s))
		if !recommended {
			b.WriteString("\n")
		}
	}
	if recommended {
		b.WriteString("\n")
	}
}

// possible are the values of a choice, and of a list whose values are known.
func possible(s policy.Setting) string {
	if len(s.Values) == 0 {
		return ""
	}
	return " Values: " + strings.Join(s.Values, ", ") + "."
}

func tomlValue(s policy.Setting) string {
	quoted := []string{}
	for _, text := range examples[s.Name] {
		quoted = append(quoted, fmt.Sprintf("%q", text))
	}
	if s.Kind == policy.KindList {
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return quoted[0]
}

// The address of a policy in Intune, and what separates the items of a list there.
// https://learn.microsoft.com/windows/client-management/win32-and-centennial-app-policy-configuration
const (
	intuneInstall = "./Device/Vendor/MSFT/Policy/ConfigOperations/ADMXInstall/PartnerCenterConnector/Policy/partner-center-connector"
	intuneConfig  = "./Device/Vendor/MSFT/Policy/Config/PartnerCenterConnector~Policy~" + categoryProduct
	itemSeparator = "&#xF000;"
)

// intune has the address and an example of each policy, for whoever does not import the template in the admin center.
func intune(t texts) string {
	var b strings.Builder
	b.WriteString(`Partner Center Connector in Microsoft Intune

The shortest way: in the admin center, import partner-center-connector.admx with en-US/partner-center-connector.adml
(Devices, Configuration, Import ADMX). Then create a profile with the template "Imported Administrative templates".

The same with custom settings. First a setting of the type String whose value is the text of partner-center-connector.admx:

  ` + intuneInstall + `

Then one setting of the type String for each policy. "./User" instead of "./Device" sets it for the account.
`)
	for _, s := range policy.Settings() {
		for _, v := range variants(s) {
			_, _ = fmt.Fprintf(&b, "\n%s (%s)\n  %s~%s/%s\n  <enabled/><data id=\"%s\" value=\"%s\"/>\n", // a Builder takes everything
				t.Setting[s.Name].Title, strings.ToLower(v.category()), intuneConfig, v.category(), v.id(), v.Registry, intuneValue(v))
		}
	}
	return b.String()
}

// intuneValue is an example: of a list, each item after its number.
func intuneValue(v variant) string {
	all := examples[v.Name]
	if v.Kind != policy.KindList {
		return escape(all[0])
	}
	items := []string{}
	for i, text := range all {
		items = append(items, fmt.Sprint(i+1), escape(text))
	}
	return strings.Join(items, itemSeparator)
}
