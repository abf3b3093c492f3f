package view

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// pageEntry is one page of the wizard.
type pageEntry struct {
	make func(wizard.State) page
	// items is how many items the list of its help has, under "help.<name>.1" and on; also are further sections of its topic.
	items int
	also  []string
	// browser reports whether what the page is for happens in a browser.
	browser bool
}

// pages has every page of the wizard. Its words stand under "page.<name>", "rail.<name>" and "help.<name>".
var pages = map[connector.Step]pageEntry{
	connector.StepBefore:    {beforePage, 3, []string{"enforcement"}, false},
	connector.StepAccount:   {accountPage, 5, []string{"licence", "same-person"}, true},
	connector.StepMFA:       {mfaPage, 5, []string{"enforcement"}, true},
	connector.StepConnector: {registrationPage, 5, []string{"kept"}, false},
	connector.StepAdmin:     {adminPage, 4, []string{"why-two", "same-person"}, true},
	connector.StepUser:      {userPage, 4, []string{"why-private"}, true},
	connector.StepCheck:     {checkPage, 4, []string{"lasts"}, false},

	connector.StepLinks:      {linksPage, 4, []string{ofProducts, "licence", "fails", "calls-fail", "government"}, false},
	connector.StepLinkAdmin:  {linkAdminPage, 4, []string{"product-first", "why-two", "same-person"}, true},
	connector.StepLinkUser:   {linkUserPage, 4, []string{"product-second", "product-disabled", "why-private"}, true},
	connector.StepLinkFinish: {linkFinishPage, 3, []string{"product-order", "fails", "calls-fail"}, true},
}

func pageOf(s wizard.State) page { return pages[s.Wizard.Draft.Step].make(s) }

// pageSections are the help of the pages, in their order.
func pageSections() []section {
	list := []section{}
	for step := connector.StepBefore; step <= connector.StepLinkFinish; step++ {
		list = append(list, section{name: step.Name(), items: pages[step].items, words: true})
	}
	return list
}

// withPages adds the topics of the pages, each under its name.
func withPages(topics map[string][]string) map[string][]string {
	for step, p := range pages {
		topics[step.Name()] = append([]string{step.Name()}, p.also...)
	}
	return topics
}
