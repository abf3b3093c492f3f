package main

import (
	"encoding/xml"

	"partner-center-connector/connector/policy"
)

// The names that the template of Windows has for itself. Its schema:
// https://learn.microsoft.com/previous-versions/windows/desktop/Policy/admx-schema
const (
	admxSchema = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
	namespace  = "PartnerCenterConnector.Policies"
	policyKey  = `Software\Policies\Partner Center Connector`

	categoryProduct     = "PartnerCenterConnector"
	categoryMandatory   = "Mandatory"
	categoryRecommended = "Recommended"
	supported           = "Supported_1_0"
)

// definitions are a template of Windows: what can be said, and where it is written. The texts are in an ADML file for each language.
type definitions struct {
	XMLName        xml.Name `xml:"policyDefinitions"`
	Namespace      string   `xml:"xmlns,attr"`
	Revision       string   `xml:"revision,attr"`
	SchemaVersion  string   `xml:"schemaVersion,attr"`
	Target         target   `xml:"policyNamespaces>target"`
	Resources      resource `xml:"resources"`
	SupportedOn    []named  `xml:"supportedOn>definitions>definition"`
	Categories     []named  `xml:"categories>category"`
	PolicyElements []entry  `xml:"policies>policy"`
}

type target struct {
	Prefix    string `xml:"prefix,attr"`
	Namespace string `xml:"namespace,attr"`
}

type resource struct {
	MinRequiredRevision string `xml:"minRequiredRevision,attr"`
}

type named struct {
	Name        string `xml:"name,attr"`
	DisplayName string `xml:"displayName,attr"`
	Parent      *ref   `xml:"parentCategory"`
}

type ref struct {
	Ref string `xml:"ref,attr"`
}

// entry is a policy: one setting, mandatory or recommended.
type entry struct {
	Name         string   `xml:"name,attr"`
	Class        string   `xml:"class,attr"`
	DisplayName  string   `xml:"displayName,attr"`
	ExplainText  string   `xml:"explainText,attr"`
	Presentation string   `xml:"presentation,attr"`
	Key          string   `xml:"key,attr"`
	Parent       ref      `xml:"parentCategory"`
	SupportedOn  ref      `xml:"supportedOn"`
	Elements     elements `xml:"elements"`
}

// elements has one of the three.
type elements struct {
	Text *textElement `xml:"text"`
	Enum *enumElement `xml:"enum"`
	List *listElement `xml:"list"`
}

type textElement struct {
	ID        string `xml:"id,attr"`
	ValueName string `xml:"valueName,attr"`
	Required  bool   `xml:"required,attr"`
	MaxLength int    `xml:"maxLength,attr"`
}

type enumElement struct {
	ID        string     `xml:"id,attr"`
	ValueName string     `xml:"valueName,attr"`
	Required  bool       `xml:"required,attr"`
	Items     []enumItem `xml:"item"`
}

type enumItem struct {
	DisplayName string `xml:"displayName,attr"`
	Value       string `xml:"value>string"`
}

// listElement writes its items as the values 1, 2, 3 and so on of a key of their own.
type listElement struct {
	ID          string `xml:"id,attr"`
	Key         string `xml:"key,attr"`
	ValuePrefix string `xml:"valuePrefix,attr"`
}

// admx is the template of Windows, for the computer and for the account.
func admx() string {
	d := definitions{
		Namespace: admxSchema, Revision: "1.0", SchemaVersion: "1.0",
		Target: target{"pcc", namespace}, Resources: resource{"1.0"},
		SupportedOn: []named{{Name: supported, DisplayName: stringRef(supported)}},
		Categories: []named{
			{Name: categoryProduct, DisplayName: stringRef(categoryProduct)},
			{Name: categoryMandatory, DisplayName: stringRef(categoryMandatory), Parent: &ref{categoryProduct}},
			{Name: categoryRecommended, DisplayName: stringRef(categoryRecommended), Parent: &ref{categoryProduct}},
		},
	}
	for _, s := range policy.Settings() {
		for _, v := range variants(s) {
			d.PolicyElements = append(d.PolicyElements, v.entry())
		}
	}
	return encode(d)
}

// variant is a setting as mandatory or as recommended.
type variant struct {
	policy.Setting
	recommended bool
}

func variants(s policy.Setting) []variant {
	all := []variant{}
	if s.Mandatory {
		all = append(all, variant{s, false})
	}
	if s.Recommended {
		all = append(all, variant{s, true})
	}
	return all
}

// id is the name of its policy.
func (v variant) id() string {
	if v.recommended {
		return v.Registry + "_" + categoryRecommended
	}
	return v.Registry
}

func (v variant) category() string {
	if v.recommended {
		return categoryRecommended
	}
	return categoryMandatory
}

func (v variant) key() string {
	if v.recommended {
		return policyKey + `\` + categoryRecommended
	}
	return policyKey
}

func (v variant) entry() entry {
	e := entry{
		Name: v.id(), Class: "Both", DisplayName: stringRef(v.Registry), ExplainText: stringRef(v.id() + "_Text"),
		Presentation: "$(presentation." + v.id() + ")", Key: v.key(), Parent: ref{v.category()}, SupportedOn: ref{supported},
	}
	switch v.Kind {
	case policy.KindChoice:
		e.Elements.Enum = &enumElement{ID: v.Registry, ValueName: v.Registry, Required: true}
		for _, value := range v.Values {
			e.Elements.Enum.Items = append(e.Elements.Enum.Items, enumItem{stringRef(valueID(v.Setting, value)), value})
		}
	case policy.KindList:
		e.Elements.List = &listElement{ID: v.Registry, Key: v.key() + `\` + v.Registry}
	case policy.KindText, policy.KindPath:
		e.Elements.Text = &textElement{ID: v.Registry, ValueName: v.Registry, Required: true, MaxLength: 300}
	}
	return e
}

func stringRef(id string) string { return "$(string." + id + ")" }

// valueID is the name of a choice's text.
func valueID(s policy.Setting, value string) string { return s.Registry + "_Value_" + value }

// encode is XML as people read it.
func encode(v any) string {
	text, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err) // our own types can be encoded
	}
	return xml.Header + string(text) + "\n"
}
