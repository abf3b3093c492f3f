package main

import (
	"encoding/xml"

	"partner-center-connector/connector/policy"
)

// language is what a template of Windows says, in one language.
type language struct {
	XMLName       xml.Name       `xml:"policyDefinitionResources"`
	Namespace     string         `xml:"xmlns,attr"`
	Revision      string         `xml:"revision,attr"`
	SchemaVersion string         `xml:"schemaVersion,attr"`
	DisplayName   string         `xml:"displayName"`
	Description   string         `xml:"description"`
	Strings       []phrase       `xml:"resources>stringTable>string"`
	Presentations []presentation `xml:"resources>presentationTable>presentation"`
}

type phrase struct {
	ID   string `xml:"id,attr"`
	Text string `xml:",chardata"`
}

// presentation has the one control of a policy.
type presentation struct {
	ID       string    `xml:"id,attr"`
	TextBox  *textBox  `xml:"textBox"`
	Dropdown *dropdown `xml:"dropdownList"`
	ListBox  *listBox  `xml:"listBox"`
}

type textBox struct {
	RefID string `xml:"refId,attr"`
	Label string `xml:"label"`
}

type dropdown struct {
	RefID       string `xml:"refId,attr"`
	NoSort      bool   `xml:"noSort,attr"`
	DefaultItem int    `xml:"defaultItem,attr"`
	Label       string `xml:",chardata"`
}

type listBox struct {
	RefID string `xml:"refId,attr"`
	Label string `xml:",chardata"`
}

func adml(t texts) string {
	l := language{Namespace: admxSchema, Revision: "1.0", SchemaVersion: "1.0", DisplayName: t.Template.Product, Description: t.Template.Description}
	l.Strings = []phrase{{supported, t.Template.Supported}, {categoryProduct, t.Template.Product}, {categoryMandatory, t.Template.Mandatory}, {categoryRecommended, t.Template.Recommended}}
	for _, s := range policy.Settings() {
		own := t.Setting[s.Name]
		l.Strings = append(l.Strings, phrase{s.Registry, own.Title})
		if s.Kind == policy.KindChoice {
			for _, value := range s.Values {
				l.Strings = append(l.Strings, phrase{valueID(s, value), own.Values[value]})
			}
		}
		for _, v := range variants(s) {
			l.Strings = append(l.Strings, phrase{v.id() + "_Text", own.Text + "\n\n" + t.strength(v)})
			l.Presentations = append(l.Presentations, v.presentation(t))
		}
	}
	return encode(l)
}

// strength says what being mandatory or recommended means.
func (t texts) strength(v variant) string {
	if v.recommended {
		return t.Template.RecommendedText
	}
	return t.Template.MandatoryText
}

func (v variant) presentation(t texts) presentation {
	p, label := presentation{ID: v.id()}, t.Setting[v.Name].Title+":"
	switch v.Kind {
	case policy.KindChoice:
		p.Dropdown = &dropdown{RefID: v.Registry, NoSort: true, Label: label}
	case policy.KindList:
		p.ListBox = &listBox{RefID: v.Registry, Label: t.Template.Item}
	case policy.KindText, policy.KindPath:
		p.TextBox = &textBox{RefID: v.Registry, Label: label}
	}
	return p
}
